import type {Resource} from './resource.ts';

export type FilesRow = {readonly key: string};

export const files = {
	id: 'files',
	title: 'Files',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key.toLowerCase(), fields: {}},
	emptyMessage: 'Nothing here.',
} as const satisfies Resource<FilesRow>;
