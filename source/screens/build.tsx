import {Lines} from '../components/lines.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';

export const BuildScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const lines = useLines(
		() =>
			paneLines({
				width,
				height,
				title: 'Build',
				badges: [],
				isFocused: true,
				hasMoreAbove: false,
				hasMoreBelow: false,
				lines: [],
				theme,
			}),
		[width, height, theme],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
