import type {Resource} from './resource.ts';

export type WasteRow = {readonly key: string};

export const waste = {
	id: 'waste',
	title: 'Wasted space',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key, fields: {}},
	emptyMessage: 'Nothing is wasted.',
} as const satisfies Resource<WasteRow>;
