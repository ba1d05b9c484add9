import {Lines} from '../components/lines.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {buildContent} from './build-content.ts';

/** The steps of one build as they run. */
export const BuildScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const lines = useLines(
		state => paneLines(buildContent(state, {width, height}, theme)),
		[width, height, theme],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
