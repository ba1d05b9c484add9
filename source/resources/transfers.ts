import {bar} from '../format/bar.ts';
import {formatRate, formatSize} from '../format/bytes.ts';
import {formatEta, formatTook} from '../format/duration.ts';
import {shortenImage} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';
import {isInward, percentText, shownFraction, stateTone, type TransferRow} from './transfer-row.ts';

/** What the pane and the screen of transfers have in common. */
export const transferColumns = {
	direction: {
		id: 'direction',
		header: ' ',
		align: 'left',
		priority: 2,
		width: {min: 1, ideal: 1},
		cell: (row, {glyphs}) => ({
			text: isInward(row) ? glyphs.down : glyphs.up,
			tone: stateTone[row.state],
		}),
		compare: byText(row => row.direction),
	},
	reference: {
		id: 'reference',
		header: 'WHAT',
		align: 'left',
		priority: 1,
		width: {min: 12, ideal: 26, max: 64},
		cell: (row, {glyphs}, width) =>
			row.direction === 'pull' || row.direction === 'push'
				? {text: shortenImage(sanitise(row.reference), width, glyphs.ellipsis)}
				: // What is saved tells more than where it goes.
					{text: sanitise(row.reference), cut: row.direction === 'save' ? 'end' : 'middle'},
		compare: byText(row => row.reference),
	},
	bar: {
		id: 'bar',
		header: ' ',
		align: 'left',
		priority: 5,
		width: {min: 6, ideal: 12, max: 20},
		cell: (row, {glyphs}, width) => ({
			text: bar(shownFraction(row), width, glyphs.bar),
			tone: stateTone[row.state],
		}),
	},
	percent: {
		id: 'percent',
		isNumeric: true,
		header: '%',
		align: 'right',
		priority: 3,
		width: {min: 4, ideal: 4},
		cell: row => ({text: percentText(shownFraction(row))}),
		compare: byNumber(shownFraction),
	},
} as const satisfies Readonly<Record<string, Column<TransferRow>>>;

const sizeText = (row: TransferRow, atLeast: string): string => {
	const {doneBytes, totalBytes, isTotalPartial = false} = row;
	if (doneBytes === undefined) return '';
	if (totalBytes === undefined || row.state === 'done') return formatSize(doneBytes);
	return `${formatSize(doneBytes)}/${isTotalPartial ? atLeast : ''}${formatSize(totalBytes)}`;
};

const columns: readonly Column<TransferRow>[] = [
	transferColumns.direction,
	{
		id: 'kind',
		header: 'KIND',
		align: 'left',
		priority: 10,
		width: {min: 8, ideal: 8},
		cell: row => ({text: row.direction.replace('-', ' ')}),
		compare: byText(row => row.direction),
	},
	transferColumns.reference,
	{
		id: 'state',
		header: 'STATE',
		align: 'left',
		priority: 11,
		width: {min: 9, ideal: 9},
		cell: row => ({text: row.state, tone: stateTone[row.state]}),
		compare: byText(row => row.state),
	},
	transferColumns.bar,
	transferColumns.percent,
	{
		id: 'size',
		isNumeric: true,
		header: 'DONE/SIZE',
		align: 'right',
		priority: 6,
		width: {min: 14, ideal: 16},
		cell: (row, {glyphs}) => ({text: sizeText(row, glyphs.atLeast)}),
		compare: byNumber(row => row.totalBytes ?? row.doneBytes),
	},
	{
		id: 'rate',
		isNumeric: true,
		header: 'RATE',
		align: 'right',
		priority: 7,
		width: {min: 7, ideal: 7},
		cell: ({bytesPerSecond}) =>
			bytesPerSecond === undefined ? emptyCell() : {text: `${formatRate(bytesPerSecond)}B/s`},
		compare: byNumber(row => row.bytesPerSecond),
	},
	{
		id: 'eta',
		isNumeric: true,
		header: 'ETA',
		align: 'right',
		priority: 8,
		width: {min: 5, ideal: 5},
		cell: ({etaMs}) => (etaMs === undefined ? emptyCell() : {text: formatEta(etaMs)}),
		compare: byNumber(row => row.etaMs),
	},
	{
		id: 'elapsed',
		isNumeric: true,
		header: 'TIME',
		align: 'right',
		priority: 9,
		width: {min: 6, ideal: 6},
		cell: ({elapsedMs}) =>
			elapsedMs === undefined ? emptyCell() : {text: formatTook(elapsedMs), tone: 'dim'},
		compare: byNumber(row => row.elapsedMs),
	},
	{
		id: 'status',
		header: 'STATUS',
		align: 'left',
		priority: 4,
		width: {min: 12, ideal: 50, max: 160},
		cell: row => ({
			text: sanitise(row.status),
			tone: row.state === 'running' ? 'dim' : stateTone[row.state],
		}),
		compare: byText(row => row.state),
	},
];

export const transfers = {
	id: 'transfers',
	title: 'Transfers',
	columns,
	rowId: row => row.id,
	search: {
		text: row => [row.reference, row.direction, row.state, row.status].join('\n').toLowerCase(),
		fields: {
			name: row => [row.reference],
			state: row => [row.state],
			direction: row => [row.direction],
			kind: row => [row.direction],
		},
	},
	emptyMessage: 'No transfers. P pulls an image.',
} as const satisfies Resource<TransferRow>;
