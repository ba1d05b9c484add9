import type {Resource} from './resource.ts';

export type BuildRow = {readonly key: string};

export const build = {
	id: 'build',
	title: 'Build',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({key}) => key, fields: {}},
	emptyMessage: 'No step has begun.',
} as const satisfies Resource<BuildRow>;
