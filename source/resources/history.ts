import type {Resource} from './resource.ts';

export type HistoryRow = {readonly key: string};

export const history = {
	id: 'history',
	title: 'History',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key, fields: {}},
	emptyMessage: 'The image keeps no history.',
} as const satisfies Resource<HistoryRow>;
