import {Box} from 'ink';
import {Lines} from '../components/lines.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {transferBarLine, transferContent} from './transfer-content.ts';

/** One transfer, layer by layer. */
export const TransferScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const bar = useLines(state => [transferBarLine(state, theme)], [theme]);
	const lines = useLines(
		state => paneLines(transferContent(state, {width, height}, theme)),
		[width, height, theme],
	);
	return (
		<Box flexDirection="column">
			<Lines lines={bar} width={width} height={1} />
			<Lines lines={lines} width={width} height={height} />
		</Box>
	);
};
