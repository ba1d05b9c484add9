import {sanitise} from '../format/sanitise.ts';
import {byText} from './column.ts';
import type {Resource} from './resource.ts';
import {type TransferLayerRow, transferLayers} from './transfer-layers.ts';

/** What there is to tell of a transfer that moves no layers. */
export const transferFacts = {
	...transferLayers,
	title: 'Facts',
	columns: [
		{
			id: 'name',
			header: 'FACT',
			align: 'left',
			priority: 1,
			width: {min: 12, ideal: 12},
			cell: row => ({text: sanitise(row.name), tone: 'dim'}),
			compare: byText(row => row.name),
		},
		{
			id: 'state',
			header: ' ',
			align: 'left',
			priority: 2,
			width: {min: 12, ideal: 60, max: 400},
			cell: row => ({text: sanitise(row.text), tone: row.tone, cut: 'middle'}),
			compare: byText(row => row.text),
		},
	],
	emptyMessage: 'There is nothing more to tell.',
} as const satisfies Resource<TransferLayerRow>;
