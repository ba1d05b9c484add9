import {formatMemory, formatRate} from '../format/bytes.ts';
import {shortenImage, shortId} from '../format/image-name.ts';
import {formatPercent} from '../format/percent.ts';
import {formatPorts} from '../format/ports.ts';
import {sanitise} from '../format/sanitise.ts';
import {sparkline} from '../format/sparkline.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Cell, type CellContext, type Column, emptyCell} from './column.ts';
import type {ContainerOnlyRow, ContainerRow} from './container-row.ts';
import {stateCell, stateRank} from './container-state.ts';

const PERCENT_CELLS = 5;
const MIN_SPARK_CELLS = 3;
/** A sparkline reaches the top at this percentage at least: idle noise stays low. */
const SPARK_TOP_PERCENT = 10;

const displayName = ({container, depth}: ContainerOnlyRow): string => {
	const {name, project} = container;
	const isPrefixed = depth > 0 && project !== undefined && /^[-_]./.test(name.slice(project.length));
	return isPrefixed && name.startsWith(project) ? name.slice(project.length + 1) : name;
};

const nameCell = (row: ContainerRow, {glyphs}: CellContext): Cell =>
	row.kind === 'group'
		? {text: `${row.isCollapsed ? glyphs.closed : glyphs.open} ${sanitise(row.project)}`, tone: 'title'}
		: {text: '  '.repeat(row.depth) + sanitise(displayName(row)), cut: 'middle'};

const imageName = ({container: {image}}: ContainerOnlyRow): string =>
	image.startsWith('sha256:') ? shortId(image) : sanitise(image);

/** A column that says nothing about groups. */
const ofContainer =
	(cell: (row: ContainerOnlyRow, context: CellContext, width: number) => Cell) =>
	(row: ContainerRow, context: CellContext, width: number): Cell =>
		row.kind === 'group' ? emptyCell() : cell(row, context, width);

const cpuPercent = (row: ContainerRow): number | undefined =>
	row.kind === 'group' ? row.cpuPercent : row.stats?.cpuPercent;

const memoryBytes = (row: ContainerRow): number | undefined =>
	row.kind === 'group' ? row.memoryBytes : row.stats?.memoryBytes;

const cpuCell = (row: ContainerRow, {glyphs}: CellContext, width: number): Cell => {
	const percent = cpuPercent(row);
	if (percent === undefined && (row.kind === 'group' || !isUp(row))) return emptyCell();
	const room = width - PERCENT_CELLS - 1;
	const text = formatPercent(percent);
	if (room < MIN_SPARK_CELLS) return {text};
	const history = row.kind === 'group' ? [] : row.cpuHistory;
	const max = history.slice(-room).reduce((top, value) => Math.max(top, value), SPARK_TOP_PERCENT);
	return {text: `${text} ${sparkline(history, room, {max, levels: glyphs.levels})}`};
};

const isUp = ({container: {state}}: ContainerOnlyRow): boolean => state === 'running' || state === 'paused';

const memoryTone = (used: number, limit: number): Token | undefined =>
	limit <= 0 || used < 0.8 * limit ? undefined : used < 0.95 * limit ? 'watch' : 'trouble';

/** 0 = none of its own: what the engine then reports is the whole host, which says nothing about the container. */
const ownLimit = (row: ContainerRow): number =>
	row.kind === 'container' && (row.container.details?.memoryLimitBytes ?? 0) > 0
		? (row.stats?.memoryLimitBytes ?? 0)
		: 0;

const memoryCell = (row: ContainerRow, _: CellContext, width: number): Cell => {
	const used = memoryBytes(row);
	if (used === undefined) return emptyCell();
	const limit = ownLimit(row);
	const both = `${formatMemory(used)}/${formatMemory(limit)}`;
	return {text: limit > 0 && both.length <= width ? both : formatMemory(used), tone: memoryTone(used, limit)};
};

const pair = (
	row: ContainerOnlyRow,
	first: 'netReceiveRate' | 'blockReadRate',
	second: 'netSendRate' | 'blockWriteRate',
): Cell =>
	row.stats ? {text: `${formatRate(row.stats[first])}/${formatRate(row.stats[second])}`} : emptyCell();

const portsCell = ofContainer(({container: {ports}}, {glyphs}, width) => {
	const long = formatPorts(ports, {arrow: glyphs.arrow});
	return {text: long.length <= width ? long : formatPorts(ports, {isShort: true}) || long};
});

const ofRow =
	<Value>(read: (row: ContainerOnlyRow) => Value) =>
	(row: ContainerRow): Value | undefined =>
		row.kind === 'group' ? undefined : read(row);

const textOf =
	(read: (row: ContainerOnlyRow) => string) =>
	(row: ContainerRow): string =>
		row.kind === 'group' ? row.project : read(row);

export const containerColumns: readonly Column<ContainerRow>[] = [
	{
		id: 'name',
		header: 'NAME',
		align: 'left',
		priority: 1,
		width: {min: 14, ideal: 24, max: 60},
		cell: nameCell,
		compare: byText(textOf(row => row.container.name)),
	},
	{
		id: 'image',
		header: 'IMAGE',
		align: 'left',
		priority: 5,
		width: {min: 14, ideal: 28, max: 70},
		cell: ofContainer((row, {glyphs}, width) => ({
			text: shortenImage(imageName(row), width, glyphs.ellipsis),
			tone: 'dim',
		})),
		compare: byText(textOf(row => row.container.image)),
	},
	{
		id: 'state',
		header: 'STATE',
		align: 'left',
		priority: 2,
		width: {min: 19, ideal: 19},
		cell: stateCell,
		compare: byNumber(stateRank),
	},
	{
		id: 'cpu',
		isNumeric: true,
		header: ' CPU%',
		align: 'left',
		priority: 3,
		width: {min: PERCENT_CELLS, ideal: PERCENT_CELLS + 6},
		cell: cpuCell,
		compare: byNumber(cpuPercent),
	},
	{
		id: 'memory',
		isNumeric: true,
		header: 'MEM',
		align: 'right',
		priority: 4,
		width: {min: 9, ideal: 11},
		cell: memoryCell,
		compare: byNumber(memoryBytes),
	},
	{
		id: 'net',
		isNumeric: true,
		header: 'NET I/O',
		align: 'right',
		priority: 6,
		width: {min: 9, ideal: 9},
		cell: ofContainer(row => pair(row, 'netReceiveRate', 'netSendRate')),
		compare: byNumber(ofRow(({stats}) => stats && stats.netReceiveRate + stats.netSendRate)),
	},
	{
		id: 'ports',
		header: 'PORTS',
		align: 'left',
		priority: 7,
		width: {min: 8, ideal: 16, max: 40},
		cell: portsCell,
		compare: byNumber(ofRow(({container: {ports}}) => ports.find(port => port.publicPort)?.publicPort)),
	},
	{
		id: 'block',
		isNumeric: true,
		header: 'BLOCK I/O',
		align: 'right',
		priority: 8,
		width: {min: 9, ideal: 9},
		isExtra: true,
		cell: ofContainer(row => pair(row, 'blockReadRate', 'blockWriteRate')),
		compare: byNumber(ofRow(({stats}) => stats && stats.blockReadRate + stats.blockWriteRate)),
	},
	{
		id: 'pids',
		isNumeric: true,
		header: 'PIDS',
		align: 'right',
		priority: 9,
		width: {min: 5, ideal: 5},
		isExtra: true,
		cell: ofContainer(({stats}) => (stats ? {text: String(stats.pids)} : emptyCell())),
		compare: byNumber(ofRow(({stats}) => stats?.pids)),
	},
	{
		id: 'id',
		header: 'ID',
		align: 'left',
		priority: 10,
		width: {min: 12, ideal: 12},
		isExtra: true,
		cell: ofContainer(({container}) => ({text: shortId(container.id), tone: 'dim'})),
		compare: byText(textOf(row => row.container.id)),
	},
];
