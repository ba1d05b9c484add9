import type {Resource} from './resource.ts';

export type ProcessesRow = {readonly key: string};

export const processes = {
	id: 'processes',
	title: 'Processes',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key.toLowerCase(), fields: {}},
	emptyMessage: 'Nothing here.',
} as const satisfies Resource<ProcessesRow>;
