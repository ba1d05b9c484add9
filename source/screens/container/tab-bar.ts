import {cellWidth, cut} from '../../format/cells.ts';
import {formatClock} from '../../format/duration.ts';
import {sanitise} from '../../format/sanitise.ts';
import {type Alarm, alarmReason} from '../../resources/alarms.ts';
import {containerStateCell} from '../../resources/container-state.ts';
import {type ContainerTab, containerTabs, type OpenedContainer} from '../../state/model.ts';
import type {Theme} from '../../theme/theme.ts';
import type {Token} from '../../theme/tokens.ts';

const tabTitles: Readonly<Record<ContainerTab, string>> = {
	logs: 'logs',
	stats: 'stats',
	processes: 'processes',
	inspect: 'inspect',
	config: 'config',
	network: 'network & mounts',
	changes: 'changes',
	files: 'files',
};

const gap = '  ';

/** As many tabs around the open one as there is room for; an ellipsis stands for those that have none. */
const tabsLine = (
	tab: ContainerTab,
	width: number,
	theme: Theme,
): {readonly text: string; readonly cells: number} => {
	const {ellipsis} = theme.glyphs;
	const open = containerTabs.indexOf(tab);
	let [from, to] = [open, open + 1];
	const cells = (first: number, end: number): number => {
		const ends = (first > 0 ? 1 : 0) + (end < containerTabs.length ? 1 : 0);
		const tabs = containerTabs.slice(first, end).map(each => tabTitles[each].length + gap.length);
		return tabs.reduce((sum, each) => sum + each, ends * (gap.length + ellipsis.length));
	};
	while (from > 0 && cells(from - 1, to) <= width) from -= 1;
	while (to < containerTabs.length && cells(from, to + 1) <= width) to += 1;
	const names = containerTabs
		.slice(from, to)
		.map(each => theme.paint(each === tab ? 'selection' : 'dim', tabTitles[each]));
	const parts = [
		...(from > 0 ? [theme.paint('dim', ellipsis)] : []),
		...names,
		...(to < containerTabs.length ? [theme.paint('dim', ellipsis)] : []),
	];
	return {text: parts.map(part => gap + part).join(''), cells: cells(from, to)};
};

const stateOf = (
	{container, departure}: OpenedContainer,
	alarms: readonly Alarm[],
	{now, theme}: Pick<Facts, 'now' | 'theme'>,
): {readonly text: string; readonly tone: Token | undefined} => {
	if (departure !== undefined) {
		const by = departure.by === undefined ? '' : ` (${departure.by})`;
		return {text: `${theme.glyphs.dead} removed ${formatClock(departure.at)}${by}`, tone: 'trouble'};
	}
	if (container === undefined) return {text: '', tone: undefined};
	const cell = containerStateCell(container, {now, glyphs: theme.glyphs});
	const [worst] = alarms;
	if (worst === undefined) return {text: cell.text, tone: cell.tone};
	return {text: `${cell.text} ${theme.glyphs.bullet} ${alarmReason(worst, now)}`, tone: 'trouble'};
};

type Facts = {
	readonly width: number;
	readonly now: number;
	readonly theme: Theme;
	/** What is wrong with it, the worst first. */
	readonly alarms?: readonly Alarm[];
};

const allTabsCells = containerTabs.reduce((sum, each) => sum + tabTitles[each].length + gap.length, 0);

/** The container's name and state, and its tabs: one line of exactly `width` cells. */
export const tabBarLine = (
	opened: OpenedContainer,
	tab: ContainerTab,
	{width, now, theme, alarms = []}: Facts,
): string => {
	const {ellipsis} = theme.glyphs;
	const state = stateOf(opened, alarms, {now, theme});
	const whole = theme.spell(sanitise(opened.container?.name ?? opened.containerId.slice(0, 12)));
	const name = cut(whole, Math.max(8, Math.floor(width * 0.3)), 'middle', ellipsis);
	// What is wrong, or that it is gone, matters more than the tabs; a reason takes what they leave, too.
	const isTelling = opened.departure !== undefined || alarms.length > 0;
	const left = width - cellWidth(name) - 2 - allTabsCells;
	const stateRoom = Math.max(Math.floor(width * (isTelling ? 0.4 : 0.25)), left);
	const stateText = cut(theme.spell(state.text), stateRoom, 'end', ellipsis);
	const head = ` ${theme.paint('title', name)} ${theme.paint(state.tone, stateText)}`;
	const headCells = 2 + cellWidth(name) + cellWidth(stateText);
	const tabs = tabsLine(tab, width - headCells, theme);
	return head + tabs.text + ' '.repeat(Math.max(0, width - headCells - tabs.cells));
};
