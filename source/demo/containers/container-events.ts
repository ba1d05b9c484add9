import type {DemoContext} from '../contract.ts';
import {demoNetworkId} from '../resources/network-id.ts';
import {attachmentsOf, type DemoContainer} from './container-types.ts';

/** Tells what happened to containers, with the attributes that the engine gives. */
export type ContainerEvents = {
	readonly tell: (container: DemoContainer, action: string, more?: Readonly<Record<string, string>>) => void;
	/** It joined or left one network. */
	readonly network: (container: DemoContainer, network: string, action: 'connect' | 'disconnect') => void;
	/** Its networks and its volumes are put to it, or taken from it. */
	readonly attach: (container: DemoContainer) => void;
	readonly detach: (container: DemoContainer) => void;
};

export const createContainerEvents = (emit: DemoContext['emit']): ContainerEvents => {
	const network = ({id}: DemoContainer, name: string, Action: 'connect' | 'disconnect'): void => {
		const type = ['bridge', 'host', 'none'].includes(name) ? name : 'bridge';
		emit({
			Type: 'network',
			Action,
			id: demoNetworkId(name),
			attributes: {container: id, name, type: type === 'none' ? 'null' : type},
		});
	};
	const networks = (container: DemoContainer, Action: 'connect' | 'disconnect'): void => {
		for (const {network: name} of attachmentsOf(container)) network(container, name, Action);
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
		network,
		attach: container => {
			networks(container, 'connect');
			volumes(container, 'mount');
		},
		detach: container => {
			networks(container, 'disconnect');
			volumes(container, 'unmount');
		},
	};
};
