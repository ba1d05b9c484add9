import {type Filters, hasLabels} from '../http/query.ts';
import type {ContainerStore} from './container-store.ts';
import {attachmentsOf, type DemoContainer} from './container-types.ts';

export const listFilterNames = [
	'id',
	'name',
	'label',
	'status',
	'ancestor',
	'exited',
	'health',
	'network',
	'volume',
	'before',
	'since',
	'publish',
	'expose',
	'is-task',
	'isolation',
] as const;

/** Whether a list with these filters shows a container. */
export const listFilter = (
	filters: Filters,
	store: ContainerStore,
	imageIdOf: (reference: string) => string | undefined,
): ((container: DemoContainer) => boolean) => {
	const some = (name: string, test: (wanted: string) => boolean): boolean =>
		filters.get(name)?.some(test) ?? true;
	const patterns = (filters.get('name') ?? []).map(patternOf);
	const ancestors = (filters.get('ancestor') ?? []).map(name => ({name, id: imageIdOf(name)}));
	const [before, since] = ['before', 'since'].map(name => {
		const [reference] = filters.get(name) ?? [];
		return reference === undefined ? undefined : store.get(reference).createdAt;
	});
	return container => {
		const {id, name, spec, status, exitCode, health, createdAt} = container;
		return (
			some('id', wanted => id.startsWith(wanted)) &&
			(patterns.length === 0 || patterns.some(matches => matches(name))) &&
			hasLabels(spec.labels, filters.get('label')) &&
			some('status', wanted => status === wanted) &&
			(ancestors.length === 0 ||
				ancestors.some(image => spec.imageId === image.id || spec.image === image.name)) &&
			some('exited', wanted => status === 'exited' && exitCode === Number(wanted)) &&
			some('health', wanted => (health?.status ?? 'none') === wanted) &&
			some('network', wanted => attachmentsOf(container).some(({network}) => network === wanted)) &&
			some('volume', wanted =>
				spec.mounts.some(mount => mount.name === wanted || mount.destination === wanted),
			) &&
			some('publish', wanted => spec.ports.some(port => String(port.hostPort) === wanted.split('/')[0])) &&
			some('expose', wanted => spec.exposedPorts.some(port => port.split('/')[0] === wanted.split('/')[0])) &&
			some('is-task', wanted => !['1', 'true'].includes(wanted)) &&
			(before === undefined || createdAt < before) &&
			(since === undefined || createdAt > since)
		);
	};
};

/** A name filter is a regular expression over the name with or without its slash; a broken one is plain text. */
const patternOf = (text: string): ((name: string) => boolean) => {
	try {
		const pattern = new RegExp(text);
		return name => pattern.test(name) || pattern.test(`/${name}`);
	} catch {
		return name => name.includes(text);
	}
};
