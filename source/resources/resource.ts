import type {Column} from './column.ts';
import type {Searchable} from './filter.ts';

export const listIds = [
	'containers',
	'images',
	'transfers',
	'events',
	'processes',
	'inspect',
	'changes',
	'files',
	'layers',
	'layerFiles',
	'waste',
	'history',
	'compare',
	'build',
	'registries',
	'repositories',
	'tags',
	'manifest',
	'search',
	'outdated',
	'transferLayers',
] as const;
export type ListId = (typeof listIds)[number];

/** Everything that a list of one kind of thing is made of. */
export type Resource<Row> = {
	readonly id: ListId;
	readonly title: string;
	readonly columns: readonly Column<Row>[];
	/** Stays the same while the row lives; different for every row. */
	readonly rowId: (row: Row) => string;
	readonly search: Searchable<Row>;
	/** Absent: the order in which the rows come. */
	readonly defaultSort?: {readonly columnId: string; readonly isDescending: boolean};
	/** Shown instead of rows when there are none: what to do about it. */
	readonly emptyMessage: string;
};
