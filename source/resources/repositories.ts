import {sanitise} from '../format/sanitise.ts';
import {byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type RepositoryRow = {readonly key: string; readonly name: string};

const columns: readonly Column<RepositoryRow>[] = [
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

export const repositories = {
	id: 'repositories',
	title: 'Repositories',
	columns,
	rowId: row => row.key,
	search: {text: row => row.name.toLowerCase(), fields: {name: row => [row.name]}},
	emptyMessage: 'This registry has no repositories.',
} as const satisfies Resource<RepositoryRow>;
