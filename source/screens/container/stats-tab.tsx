import {Lines} from '../../components/lines.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import {statsContent} from './stats-content.ts';
import type {TabProps} from './tab.ts';

/** What one container uses, over time. */
export const StatsTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(
		state => paneLines(statsContent(state, {width, height}, theme)),
		[width, height, theme],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
