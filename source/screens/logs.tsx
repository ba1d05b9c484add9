import {useSelector} from '../hooks/use-selector.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {LogPane} from './log-pane.tsx';

/** The logs of several containers as one. */
export const LogsScreen = () => {
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	return <LogPane width={width} height={height} />;
};
