import {sanitise} from '../format/sanitise.ts';
import {byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type SearchRow = {readonly key: string; readonly name: string};

const columns: readonly Column<SearchRow>[] = [
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

export const search = {
	id: 'search',
	title: 'Search',
	columns,
	rowId: row => row.key,
	search: {text: row => row.name.toLowerCase(), fields: {name: row => [row.name]}},
	emptyMessage: 'Nothing was found.',
} as const satisfies Resource<SearchRow>;
