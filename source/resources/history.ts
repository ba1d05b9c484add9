import {formatSize} from '../format/bytes.ts';
import {formatAge} from '../format/duration.ts';
import {shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import type {LayerOfStep} from '../layers/history-layers.ts';
import {byNumber, byText, type Cell, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** One instruction of an image's history. */
export type HistoryRow = {
	readonly key: string;
	/** From 0, the oldest first. */
	readonly index: number;
	/** As a Dockerfile would have it, secrets hidden unless they are to be seen; may hold line feeds. */
	readonly instruction: string;
	readonly comment: string;
	/** Epoch ms; 0 where nobody says. */
	readonly createdAt: number;
	readonly sizeBytes: number;
	readonly layer: LayerOfStep;
	/** Of the layer that it made, where that is known. */
	readonly diffId?: string;
	/** Other images that have this layer. */
	readonly otherImages?: number;
};

const layerNumber = ({layer}: HistoryRow): number | undefined =>
	typeof layer === 'number' ? layer : layer === 'unknown' ? -1 : undefined;

const layerCell = ({layer}: HistoryRow): Cell => {
	if (layer === 'none') return {text: '-', tone: 'dim'};
	return layer === 'unknown' ? {text: '?', tone: 'dim'} : {text: String(layer + 1)};
};

const oneLine = (text: string): string => sanitise(text.replace(/\s+/g, ' ').trim());

const toneOf = ({layer}: HistoryRow) => (layer === 'none' ? 'dim' : undefined);

const instructionText = ({instruction, comment}: HistoryRow): string =>
	instruction === '' ? `(${comment || 'nothing is said'})` : instruction;

const columns: readonly Column<HistoryRow>[] = [
	{
		id: 'layer',
		isNumeric: true,
		header: 'LAYER',
		align: 'right',
		priority: 2,
		width: {min: 5, ideal: 5},
		cell: layerCell,
		compare: byNumber(layerNumber),
	},
	{
		id: 'instruction',
		header: 'INSTRUCTION',
		align: 'left',
		priority: 1,
		width: {min: 36, ideal: 60, max: 400},
		cell: row => ({text: oneLine(instructionText(row)), tone: toneOf(row)}),
		compare: byText(instructionText),
	},
	{
		id: 'size',
		isNumeric: true,
		header: 'SIZE',
		align: 'right',
		priority: 3,
		width: {min: 7, ideal: 7},
		cell: row => (row.layer === 'none' ? {text: 'empty', tone: 'dim'} : {text: formatSize(row.sizeBytes)}),
		compare: byNumber(({sizeBytes}) => sizeBytes),
	},
	{
		id: 'created',
		isNumeric: true,
		header: 'CREATED',
		align: 'right',
		priority: 4,
		width: {min: 7, ideal: 7},
		cell: ({createdAt}, {now}) =>
			createdAt > 0 ? {text: formatAge(now - createdAt), tone: 'dim'} : {text: '-', tone: 'dim'},
		compare: byNumber(({createdAt}) => createdAt),
	},
	{
		id: 'diff',
		header: 'DIFF ID',
		align: 'left',
		priority: 5,
		width: {min: 12, ideal: 12},
		cell: ({diffId = ''}) => ({text: shortId(diffId), tone: 'dim'}),
	},
	{
		id: 'images',
		isNumeric: true,
		header: 'ALSO IN',
		align: 'right',
		priority: 6,
		width: {min: 7, ideal: 7},
		cell: ({otherImages}) => (otherImages === undefined ? emptyCell() : {text: String(otherImages)}),
		compare: byNumber(({otherImages}) => otherImages),
	},
	{
		id: 'comment',
		header: 'COMMENT',
		align: 'left',
		priority: 7,
		width: {min: 14, ideal: 14, max: 24},
		isExtra: true,
		cell: ({comment}) => ({text: oneLine(comment), tone: 'dim'}),
	},
];

export const history = {
	id: 'history',
	title: 'History',
	columns,
	rowId: ({key}) => key,
	search: {
		text: row => instructionText(row).toLowerCase(),
		fields: {
			instruction: row => [instructionText(row)],
			comment: ({comment}) => [comment],
			empty: ({layer}) => [layer === 'none' ? 'yes' : 'no'],
			diff: ({diffId}) => (diffId === undefined ? [] : [diffId]),
		},
	},
	emptyMessage: 'The image keeps no history.',
} as const satisfies Resource<HistoryRow>;
