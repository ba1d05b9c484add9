import type {Resource} from './resource.ts';

export type LayerRow = {readonly key: string};

export const layers = {
	id: 'layers',
	title: 'Layers',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key, fields: {}},
	emptyMessage: 'Nothing was read yet.',
} as const satisfies Resource<LayerRow>;
