import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type RepositoryRow = {
	/** The repository without its host. */
	readonly key: string;
	readonly name: string;
	/** Names of it that images on this engine have. */
	readonly tagsHere: number;
	readonly isMarked: boolean;
};

const columns: readonly Column<RepositoryRow>[] = [
	{
		id: 'repository',
		header: 'REPOSITORY',
		align: 'left',
		priority: 1,
		width: {min: 24, ideal: 60, max: 400},
		cell: row => ({text: sanitise(row.name), cut: 'middle'}),
		compare: byText(row => row.name),
	},
	{
		id: 'here',
		isNumeric: true,
		header: 'TAGS HERE',
		align: 'right',
		priority: 2,
		width: {min: 9, ideal: 9},
		cell: row => (row.tagsHere === 0 ? {text: '-', tone: 'dim'} : {text: String(row.tagsHere), tone: 'good'}),
		compare: byNumber(row => row.tagsHere),
	},
];

export const repositories = {
	id: 'repositories',
	title: 'Repositories',
	columns,
	rowId: row => row.key,
	search: {
		text: row => row.name.toLowerCase(),
		fields: {repository: row => [row.name], here: row => [row.tagsHere === 0 ? 'no' : 'yes']},
	},
	defaultSort: {columnId: 'repository', isDescending: false},
	emptyMessage: 'This registry has no repositories.',
} as const satisfies Resource<RepositoryRow>;
