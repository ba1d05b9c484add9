import {sanitise} from '../format/sanitise.ts';
import {byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type OutdatedRow = {readonly key: string; readonly name: string};

const columns: readonly Column<OutdatedRow>[] = [
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

export const outdated = {
	id: 'outdated',
	title: 'Outdated',
	columns,
	rowId: row => row.key,
	search: {text: row => row.name.toLowerCase(), fields: {name: row => [row.name]}},
	emptyMessage: 'No running container has a newer image in its registry.',
} as const satisfies Resource<OutdatedRow>;
