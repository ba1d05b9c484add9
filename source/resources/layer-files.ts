import type {Resource} from './resource.ts';

export type LayerFileRow = {readonly key: string};

export const layerFiles = {
	id: 'layerFiles',
	title: 'Files',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key, fields: {}},
	emptyMessage: 'No file is shown.',
} as const satisfies Resource<LayerFileRow>;
