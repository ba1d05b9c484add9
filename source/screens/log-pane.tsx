import {Lines} from '../components/lines.tsx';
import type {Size} from '../components/pane.tsx';
import {paneLines} from '../components/pane-lines.ts';
import {cut, fit} from '../format/cells.ts';
import {sanitise} from '../format/sanitise.ts';
import {wrap} from '../format/wrap.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import type {State} from '../state/model.ts';
import {logReading} from '../state/selectors/log-window.ts';
import type {LogsState} from '../state/views/logs.ts';
import type {Theme} from '../theme/theme.ts';
import {logPaneLines} from './log-lines.ts';
import {emptyWords, logBadges} from './log-words.ts';

const titleOf = ({request: {of}, members}: LogsState): string => {
	if (of.kind === 'project') return `Logs of project ${of.project}`;
	return of.ids.length > 1 ? `Logs of ${members.length} containers` : 'Logs';
};

/** A fault has more to say than fits into the border: it stands below the lines that are there. */
const faultLines = (logs: LogsState): readonly string[] => {
	const [only] = logs.members;
	if (logs.members.length !== 1 || only?.fault === undefined || logs.buffer.count === 0) return [];
	return [`The log cannot be read any further: ${only.fault.message}`];
};

const paneOf = (state: State, {width, height}: Size, theme: Theme): readonly string[] => {
	const {logs} = state;
	if (logs === undefined) return [];
	const {lines, ...more} = logPaneLines(state, logs, theme);
	const {index} = logReading(state, logs);
	const inside = width - 2;
	const words = emptyWords(logs, index.count === 0).flatMap(text => wrap(sanitise(text), inside - 2, 4));
	const faults = faultLines(logs).map(text =>
		theme.paint('trouble', fit(` ${cut(sanitise(text), inside - 1)}`, inside)),
	);
	const shown = words.length > 0 ? words.map(text => fit(` ${theme.spell(text)}`, inside)) : lines;
	const room = height - 2 - faults.length;
	return paneLines({
		width,
		height,
		title: titleOf(logs),
		badges: logBadges(state, logs, index.count),
		isFocused: true,
		...more,
		lines: faults.length > 0 ? [...shown.slice(-room), ...faults] : shown,
		theme,
	});
};

/** The log that is open, of one container or of several. */
export const LogPane = ({width, height}: Size) => {
	const {theme} = useServices();
	const lines = useLines(state => paneOf(state, {width, height}, theme), [width, height, theme]);
	return <Lines lines={lines} width={width} height={height} />;
};
