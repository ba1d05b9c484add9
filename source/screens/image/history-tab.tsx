import {Lines} from '../../components/lines.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import type {TabProps} from '../container/tab.ts';

export const HistoryTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(
		() =>
			paneLines({
				width,
				height,
				title: 'History',
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
