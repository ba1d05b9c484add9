import {sanitise} from '../format/sanitise.ts';
import {byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type RegistryRow = {readonly key: string; readonly name: string};

const columns: readonly Column<RegistryRow>[] = [
	{
		id: 'name',
		header: 'NAME',
		align: 'left',
		priority: 1,
		width: {min: 12, ideal: 40, max: 400},
		cell: row => ({text: sanitise(row.name)}),
		compare: byText(row => row.name),
	},
];

export const registries = {
	id: 'registries',
	title: 'Registries',
	columns,
	rowId: row => row.key,
	search: {text: row => row.name.toLowerCase(), fields: {name: row => [row.name]}},
	emptyMessage: 'No registry is known. a adds one.',
} as const satisfies Resource<RegistryRow>;
