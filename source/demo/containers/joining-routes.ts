import {DemoError, type DemoRoute} from '../contract.ts';
import {object, text, texts} from '../http/read.ts';
import {findNetwork} from '../resources/networks.ts';
import type {ContainersOfResources} from '../resources/resource-types.ts';
import type {ContainerEvents} from './container-events.ts';
import type {ContainerStore} from './container-store.ts';
import {attachmentsOf, type DemoContainer, isAlive} from './container-types.ts';

type Joining = {
	readonly store: ContainerStore;
	readonly events: ContainerEvents;
	readonly containers: ContainersOfResources;
};

const isOn = (container: DemoContainer, name: string): boolean =>
	attachmentsOf(container).some(({network}) => network === name);

/** @throws DemoError 403 in the engine's words */
const refuse = (message: string): never => {
	throw new DemoError(403, message);
};

/** `POST /networks/{id}/connect` and `/disconnect`. */
export const joiningRoutes = ({store, events, containers}: Joining): readonly DemoRoute[] => [
	{
		method: 'POST',
		path: /^\/networks\/([^/]+)\/connect$/,
		async handle({body}, [reference = '']) {
			const sent = object(await body());
			const {name} = findNetwork(reference, containers());
			const container = store.get(text(sent.Container) ?? '');
			if (name === 'host') refuse('container cannot be connected to host network');
			if (name === 'none' || isOn(container, 'none'))
				refuse(
					'container cannot be connected to multiple networks with one of the networks in private (none) mode',
				);
			if (isOn(container, 'host'))
				refuse(
					'container sharing network namespace with another container or host cannot be connected to any other network',
				);
			if (isOn(container, name))
				refuse(`endpoint with name ${container.name} already exists in network ${name}`);
			const endpoint = object(sent.EndpointConfig);
			const ipAddress = text(object(endpoint.IPAMConfig).IPv4Address) ?? '';
			const attachment = {network: name, aliases: texts(endpoint.Aliases), ipAddress};
			const attachments = [...attachmentsOf(container), attachment];
			const changed = store.change(container.id, {attachments});
			if (changed !== undefined && isAlive(changed)) events.network(changed, name, 'connect');
			return {status: 200};
		},
	},
	{
		method: 'POST',
		path: /^\/networks\/([^/]+)\/disconnect$/,
		async handle({body}, [reference = '']) {
			const sent = object(await body());
			const {name} = findNetwork(reference, containers());
			const container = store.get(text(sent.Container) ?? '');
			if (name === 'host') refuse('container cannot be disconnected from host network - hostnetwork mode');
			if (!isOn(container, name)) refuse(`container ${container.id} is not connected to network ${name}`);
			const attachments = attachmentsOf(container).filter(({network}) => network !== name);
			const changed = store.change(container.id, {attachments});
			if (changed !== undefined && isAlive(changed)) events.network(changed, name, 'disconnect');
			return {status: 200};
		},
	},
];
