import type {Resource} from './resource.ts';

export type InspectRow = {readonly key: string};

export const inspect = {
	id: 'inspect',
	title: 'Inspect',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key.toLowerCase(), fields: {}},
	emptyMessage: 'Nothing here.',
} as const satisfies Resource<InspectRow>;
