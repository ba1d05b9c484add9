import {Lines} from '../components/lines.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {listContent} from './panes/list-content.ts';
import {transferScreenPane} from './panes/lists.ts';

/** All transfers. */
export const TransfersScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const lines = useLines(
		state => paneLines(listContent(state, transferScreenPane, {width, height}, theme)),
		[width, height, theme],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
