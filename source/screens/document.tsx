import {useSelector} from '../hooks/use-selector.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {InspectTab} from './container/inspect-tab.tsx';

/** The engine's JSON of one image. */
export const DocumentScreen = () => {
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	return <InspectTab width={width} height={height} />;
};
