import {cellWidth, cut} from '../../format/cells.ts';
import {formatClock} from '../../format/duration.ts';
import {sanitise} from '../../format/sanitise.ts';
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
	now: number,
	theme: Theme,
): {readonly text: string; readonly tone: Token | undefined} => {
	if (departure !== undefined) {
		const by = departure.by === undefined ? '' : ` (${departure.by})`;
		return {text: `${theme.glyphs.dead} removed ${formatClock(departure.at)}${by}`, tone: 'trouble'};
	}
	if (container === undefined) return {text: '', tone: undefined};
	const cell = containerStateCell(container, {now, glyphs: theme.glyphs});
	return {text: cell.text, tone: cell.tone};
};

/** The container's name and state, and its tabs: one line of exactly `width` cells. */
export const tabBarLine = (
	opened: OpenedContainer,
	tab: ContainerTab,
	{width, now, theme}: {readonly width: number; readonly now: number; readonly theme: Theme},
): string => {
	const {ellipsis} = theme.glyphs;
	const state = stateOf(opened, now, theme);
	const whole = theme.spell(sanitise(opened.container?.name ?? opened.containerId.slice(0, 12)));
	const name = cut(whole, Math.max(8, Math.floor(width * 0.3)), 'middle', ellipsis);
	// That it is gone matters more than the tabs.
	const stateRoom = Math.floor(width * (opened.departure === undefined ? 0.25 : 0.4));
	const stateText = cut(theme.spell(state.text), stateRoom, 'end', ellipsis);
	const head = ` ${theme.paint('title', name)} ${theme.paint(state.tone, stateText)}`;
	const headCells = 2 + cellWidth(name) + cellWidth(stateText);
	const tabs = tabsLine(tab, width - headCells, theme);
	return head + tabs.text + ' '.repeat(Math.max(0, width - headCells - tabs.cells));
};
