import type {Resource} from './resource.ts';

export type ChangesRow = {readonly key: string};

export const changes = {
	id: 'changes',
	title: 'Changes',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key.toLowerCase(), fields: {}},
	emptyMessage: 'Nothing here.',
} as const satisfies Resource<ChangesRow>;
