import type {Container} from '../engine/types.ts';
import {formatPorts} from '../format/ports.ts';
import {containerColumns} from './container-columns.ts';
import type {ContainerOnlyRow, ContainerRow} from './container-row.ts';
import type {Searchable} from './filter.ts';
import type {Resource} from './resource.ts';

const field =
	(read: (row: ContainerOnlyRow) => readonly string[]) =>
	(row: ContainerRow): readonly string[] =>
		row.kind === 'group' ? [] : read(row);

const ports = ({container}: ContainerOnlyRow): readonly string[] =>
	container.ports.flatMap(({publicPort, privatePort, protocol}) => [
		...(publicPort === undefined ? [] : [String(publicPort)]),
		`${privatePort}/${protocol}`,
	]);

/** `yes` or `no`, and which: `crash-loop`, `oom`, `unhealthy`. */
const alarmWords = ({alarms = []}: ContainerRow): readonly string[] =>
	alarms.length === 0 ? ['no'] : ['yes', ...alarms.map(({kind}) => kind)];

const texts = new WeakMap<Container, string>();

/** Made once per container: each letter of a filter looks through all of them. */
const textOf = (container: Container): string => {
	const known = texts.get(container);
	if (known !== undefined) return known;
	const {name, image, state, health, project = '', service = '', ports} = container;
	const parts = [name, image, state, health === 'none' ? '' : health, project, service, formatPorts(ports)];
	const text = parts.join('\n').toLowerCase();
	texts.set(container, text);
	return text;
};

/** Ids are left out of the words on purpose: every second word is hexadecimal somewhere. */
const search: Searchable<ContainerRow> = {
	text: row => (row.kind === 'group' ? row.project.toLowerCase() : textOf(row.container)),
	fields: {
		name: row => [row.kind === 'group' ? row.project : row.container.name],
		image: field(row => [row.container.image]),
		state: field(row => [row.container.state]),
		health: field(row => [row.container.health]),
		alarm: alarmWords,
		id: field(row => [row.container.id]),
		project: row => [row.kind === 'group' ? row.project : (row.container.project ?? '')],
		service: field(row => [row.container.service ?? '']),
		network: field(row => row.container.networks),
		port: field(ports),
	},
	labels: row => (row.kind === 'group' ? {} : row.container.labels),
};

export const containers = {
	id: 'containers',
	title: 'Containers',
	columns: containerColumns,
	rowId: row => (row.kind === 'group' ? `project:${row.project}` : row.container.id),
	search,
	defaultSort: {columnId: 'name', isDescending: false},
	emptyMessage: 'No containers. R runs one, P pulls an image.',
} as const satisfies Resource<ContainerRow>;
