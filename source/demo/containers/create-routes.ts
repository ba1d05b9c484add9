import type {Clock} from '../../clock.ts';
import {type DemoContext, DemoError, type DemoImages, type DemoRoute} from '../contract.ts';
import {object, text} from '../http/read.ts';
import {hexId} from '../random.ts';
import type {ContainerEvents} from './container-events.ts';
import {checkedName, freeName} from './container-names.ts';
import type {ContainerStore} from './container-store.ts';
import type {ContainerSpec, DemoContainer} from './container-types.ts';
import {createSpec} from './create-spec.ts';

export type CreateParts = {
	readonly clock: Clock;
	readonly random: DemoContext['random'];
	readonly store: ContainerStore;
	readonly images: DemoImages;
	readonly events: ContainerEvents;
};

/** `POST /containers/create`. */
export const createRoutes = (parts: CreateParts): readonly DemoRoute[] => [
	{
		method: 'POST',
		path: /^\/containers\/create$/,
		handle: async ({query, body}) => {
			const {random, store, images, events} = parts;
			const wanted = object(await body());
			const reference = text(wanted.Image) ?? '';
			if (reference === '' && Object.keys(wanted).length === 0)
				throw new DemoError(400, 'Config cannot be empty in order to create a container');
			const asked = query.get('name') ?? '';
			const name = asked === '' ? freeName(store, random) : checkedName(store, asked);
			const image = images.find(reference);
			if (image === undefined) throw new DemoError(404, `No such image: ${withTag(reference)}`);
			const taken = new Set(store.all().flatMap(({spec}) => spec.ports.map(port => port.hostPort)));
			const spec = createSpec(wanted, image, taken, () => hexId(random));
			const container = newContainer(hexId(random), name, spec, parts.clock.now(), store.all().length);
			store.add(container);
			events.tell(container, 'create');
			return {status: 201, json: {Id: container.id, Warnings: []}};
		},
	},
];

/** @param index makes its address */
export const newContainer = (
	id: string,
	name: string,
	spec: ContainerSpec,
	createdAt: number,
	index: number,
): DemoContainer => ({
	id,
	name,
	spec,
	createdAt,
	status: 'created',
	pid: 0,
	exitCode: 0,
	isOomKilled: false,
	pausedMs: 0,
	restartCount: 0,
	exits: 0,
	// The gateway has the first.
	address: (index % 65_000) + 2,
});

const withTag = (reference: string): string =>
	/:[^/]+$/.test(reference) || reference.includes('@') ? reference : `${reference}:latest`;
