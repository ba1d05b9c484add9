import {bar} from '../format/bar.ts';
import {formatSize} from '../format/bytes.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';
import {percentText} from './transfer-row.ts';

/** A layer on its way; of transfers that have none, one more thing to tell. */
export type TransferLayerRow = {
	readonly key: string;
	/** The layer's id, or what kind of thing is told. */
	readonly name: string;
	/** What goes on with it, or what is told. */
	readonly text: string;
	readonly tone?: Token;
	/** 0 to 1 of what goes on now. */
	readonly fraction?: number;
	readonly doneBytes?: number;
	readonly totalBytes?: number;
};

const sizeText = ({doneBytes, totalBytes}: TransferLayerRow): string => {
	if (totalBytes === undefined) return doneBytes === undefined ? '' : formatSize(doneBytes);
	return doneBytes === undefined || doneBytes === totalBytes
		? formatSize(totalBytes)
		: `${formatSize(doneBytes)}/${formatSize(totalBytes)}`;
};

const columns: readonly Column<TransferLayerRow>[] = [
	{
		id: 'name',
		header: 'LAYER',
		align: 'left',
		priority: 1,
		width: {min: 12, ideal: 12},
		cell: row => ({text: sanitise(row.name)}),
		compare: byText(row => row.name),
	},
	{
		id: 'state',
		header: 'STATE',
		align: 'left',
		priority: 2,
		width: {min: 11, ideal: 24, max: 48},
		cell: row => ({text: sanitise(row.text), tone: row.tone}),
		compare: byText(row => row.text),
	},
	{
		id: 'bar',
		header: ' ',
		align: 'left',
		priority: 5,
		width: {min: 6, ideal: 20, max: 40},
		cell: (row, {glyphs}, width) =>
			row.fraction === undefined ? emptyCell() : {text: bar(row.fraction, width, glyphs.bar), tone: row.tone},
	},
	{
		id: 'percent',
		isNumeric: true,
		header: '%',
		align: 'right',
		priority: 3,
		width: {min: 4, ideal: 4},
		cell: row => ({text: percentText(row.fraction)}),
		compare: byNumber(row => row.fraction),
	},
	{
		id: 'size',
		isNumeric: true,
		header: 'DONE/SIZE',
		align: 'right',
		priority: 4,
		width: {min: 15, ideal: 15},
		cell: row => ({text: sizeText(row)}),
		compare: byNumber(row => row.totalBytes),
	},
];

export const transferLayers = {
	id: 'transferLayers',
	title: 'Layers',
	columns,
	rowId: row => row.key,
	search: {
		text: row => `${row.name}\n${row.text}`.toLowerCase(),
		fields: {name: row => [row.name], state: row => [row.text]},
	},
	emptyMessage: 'Nothing was told of a layer yet.',
} as const satisfies Resource<TransferLayerRow>;
