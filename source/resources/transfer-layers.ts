import {sanitise} from '../format/sanitise.ts';
import {byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type TransferLayerRow = {readonly key: string; readonly name: string};

const columns: readonly Column<TransferLayerRow>[] = [
	{
		id: 'name',
		header: 'NAME',
		align: 'left',
		priority: 1,
		width: {min: 12, ideal: 40, max: 400},
		cell: row => ({text: sanitise(row.name)}),
		compare: byText(row => row.name),
	},
];

export const transferLayers = {
	id: 'transferLayers',
	title: 'Layers',
	columns,
	rowId: row => row.key,
	search: {text: row => row.name.toLowerCase(), fields: {name: row => [row.name]}},
	emptyMessage: 'Nothing was told of a layer yet.',
} as const satisfies Resource<TransferLayerRow>;
