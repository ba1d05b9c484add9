import type {Resource} from './resource.ts';

export type CompareRow = {readonly key: string};

export const compare = {
	id: 'compare',
	title: 'Compare',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key, fields: {}},
	emptyMessage: 'Nothing differs.',
} as const satisfies Resource<CompareRow>;
