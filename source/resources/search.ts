import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** A repository that was found. */
export type SearchRow = {
	readonly key: string;
	readonly name: string;
	readonly description: string;
	readonly stars: number;
	readonly isOfficial: boolean;
};

const oneLine = (text: string): string => sanitise(text.replace(/\s+/g, ' ').trim());

const columns: readonly Column<SearchRow>[] = [
	{
		id: 'name',
		header: 'NAME',
		align: 'left',
		priority: 1,
		width: {min: 24, ideal: 36, max: 60},
		cell: row => ({text: sanitise(row.name), cut: 'middle'}),
		compare: byText(row => row.name),
	},
	{
		id: 'stars',
		isNumeric: true,
		header: 'STARS',
		align: 'right',
		priority: 2,
		width: {min: 6, ideal: 6},
		cell: ({stars}) => (stars > 0 ? {text: String(stars)} : {text: '-', tone: 'dim'}),
		compare: byNumber(row => row.stars),
	},
	{
		id: 'official',
		isNumeric: true,
		header: 'OFFICIAL',
		align: 'left',
		priority: 3,
		width: {min: 10, ideal: 10},
		cell: ({isOfficial}, {glyphs}) =>
			isOfficial ? {text: `${glyphs.mark} official`, tone: 'good'} : emptyCell(),
		compare: byNumber(row => (row.isOfficial ? 1 : 0)),
	},
	{
		id: 'description',
		header: 'DESCRIPTION',
		align: 'left',
		priority: 4,
		width: {min: 20, ideal: 60, max: 400},
		cell: row => ({text: oneLine(row.description), tone: 'dim'}),
		compare: byText(row => row.description),
	},
];

export const search = {
	id: 'search',
	title: 'Search',
	columns,
	rowId: row => row.key,
	search: {
		text: row => `${row.name} ${row.description}`.toLowerCase(),
		fields: {
			name: row => [row.name],
			description: row => [row.description],
			official: row => [row.isOfficial ? 'yes' : 'no'],
		},
	},
	emptyMessage: 'Nothing was found.',
} as const satisfies Resource<SearchRow>;
