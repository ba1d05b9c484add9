import type {DemoContext} from '../contract.ts';
import {demoNetworkId} from '../resources/network-id.ts';
import type {DemoContainer} from './container-types.ts';

/** Tells what happened to containers, with the attributes that the engine gives. */
export type ContainerEvents = {
	readonly tell: (container: DemoContainer, action: string, more?: Readonly<Record<string, string>>) => void;
	/** Its network and its volumes are put to it, or taken from it. */
	readonly attach: (container: DemoContainer) => void;
	readonly detach: (container: DemoContainer) => void;
};

export const createContainerEvents = (emit: DemoContext['emit']): ContainerEvents => {
	const network = ({id, spec}: DemoContainer, Action: 'connect' | 'disconnect'): void => {
		const type = ['bridge', 'host', 'none'].includes(spec.network) ? spec.network : 'bridge';
		emit({
			Type: 'network',
			Action,
			id: demoNetworkId(spec.network),
			attributes: {container: id, name: spec.network, type: type === 'none' ? 'null' : type},
		});
	};
	const volumes = ({id, spec}: DemoContainer, Action: 'mount' | 'unmount'): void => {
		for (const {name, destination, isReadOnly} of spec.mounts) {
			if (name === undefined) continue;
			const mounted = {destination, propagation: '', 'read/write': String(!isReadOnly)};
			const attributes = {container: id, driver: 'local', ...(Action === 'mount' ? mounted : {})};
			emit({Type: 'volume', Action, id: name, attributes});
		}
	};
	return {
		tell: ({id, name, spec}, Action, more = {}) => {
			const attributes = {...spec.labels, image: spec.image, name, ...more};
			emit({Type: 'container', Action, id, attributes});
		},
		attach: container => {
			network(container, 'connect');
			volumes(container, 'mount');
		},
		detach: container => {
			network(container, 'disconnect');
			volumes(container, 'unmount');
		},
	};
};
