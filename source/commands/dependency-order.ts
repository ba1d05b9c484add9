import type {Container} from '../engine/types.ts';
import {naturalOrder} from '../format/natural-order.ts';

export type Dependency = {
	readonly service: string;
	/** `service_started`, `service_healthy`, `service_completed_successfully`. */
	readonly condition: string;
};

/** `com.docker.compose.depends_on` is `service:condition:restart,…`; older ones name the services alone. */
export const dependenciesOf = ({labels}: Pick<Container, 'labels'>): readonly Dependency[] =>
	(labels['com.docker.compose.depends_on'] ?? '').split(',').flatMap(entry => {
		const [service = '', condition = 'service_started'] = entry.trim().split(':');
		return service === '' ? [] : [{service, condition}];
	});

const serviceKey = (project: string | undefined, service: string): string => `${project ?? ''}\n${service}`;

const byService = (left: Container, right: Container): number =>
	naturalOrder(left.service ?? left.name, right.service ?? right.name) || naturalOrder(left.name, right.name);

/**
 * Which can be started together, one after the other: a compose service comes after those it depends on, with all
 * its replicas. Within a wave they are in the order of their services' names. What depends on itself in a circle
 * comes last, together.
 */
export const startWaves = (containers: readonly Container[]): readonly (readonly Container[])[] => {
	const waves: Container[][] = [];
	let waiting = [...containers];
	while (waiting.length > 0) {
		const services = new Set(
			waiting.flatMap(({project, service}) => (service === undefined ? [] : [serviceKey(project, service)])),
		);
		const isReady = (container: Container): boolean =>
			!dependenciesOf(container).some(
				({service}) => service !== container.service && services.has(serviceKey(container.project, service)),
			);
		const ready = waiting.filter(isReady);
		const wave = ready.length === 0 ? waiting : ready;
		waves.push(wave.toSorted(byService));
		waiting = waiting.filter(container => !wave.includes(container));
	}
	return waves;
};

/** As `startWaves`, the other way round: what others depend on goes last. */
export const stopWaves = (containers: readonly Container[]): readonly (readonly Container[])[] =>
	startWaves(containers).toReversed();
