import {Pane} from '../../components/pane.tsx';
import type {LogLine} from '../../engine/types.ts';
import {fit} from '../../format/cells.ts';
import {sanitise, sanitiseLog} from '../../format/sanitise.ts';
import {fitStyled} from '../../format/styled.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {LogsState} from '../../state/model.ts';
import {readerHeight} from '../../state/selectors/layout.ts';
import type {Theme} from '../../theme/theme.ts';
import type {TabProps} from './tab.ts';

const stampWidth = 24;

const textLine = (line: LogLine, hasTimestamps: boolean, width: number, theme: Theme): string => {
	const room = hasTimestamps ? width - stampWidth - 1 : width;
	const stamp = hasTimestamps
		? `${theme.paint('dim', fit((line.stamp ?? '').slice(0, 23), stampWidth))} `
		: '';
	const mark = line.source === 'stdout' ? ' ' : theme.paint('watch', line.source === 'stderr' ? '!' : '#');
	return `${stamp}${mark}${fitStyled(theme.spell(sanitiseLog(line.text)), Math.max(0, room - 1))}`;
};

const statusOf = (logs: LogsState): string => {
	switch (logs.status) {
		case 'opening':
			return 'opening';
		case 'following':
			return logs.isFollowing ? 'following' : 'paused: f follows';
		case 'waiting':
			return 'ended: the container does not run';
		case 'failed':
			return `failed: ${logs.fault?.message ?? 'no reason given'}`;
	}
};

/** The log of one container: its tail, then what comes. */
export const LogsTab = ({width, height: paneHeight}: TabProps) => {
	const {theme} = useServices();
	const logs = useSelector(state => state.logs);
	const height = useSelector(readerHeight);
	if (logs === undefined) return null;
	const last = Math.max(0, logs.lines.length - height);
	const from = logs.isFollowing ? last : Math.min(logs.offset, last);
	const shown = logs.lines
		.slice(from, from + height)
		.map(line => textLine(line, logs.hasTimestamps, width - 2, theme));
	const isEmpty = shown.length === 0 && logs.status !== 'opening';
	const dropped = logs.droppedLines > 0 ? [`${logs.droppedLines} older lines let go`] : [];
	return (
		<Pane
			width={width}
			height={paneHeight}
			title="Logs"
			badges={[`${logs.lines.length} lines`, ...dropped, sanitise(statusOf(logs))]}
			isFocused
			hasMoreAbove={from > 0}
			hasMoreBelow={from + height < logs.lines.length}
			lines={isEmpty ? [fit(' It has written nothing yet.', width - 2)] : shown}
			theme={theme}
		/>
	);
};
