import {createRequest} from '../blueprint/create-request.ts';
import {withItsVolumes} from '../blueprint/fresh-volumes.ts';
import {likenessOf, likeWith} from '../blueprint/likeness.ts';
import {readBlueprint} from '../blueprint/read.ts';
import {runLine} from '../blueprint/run-line.ts';
import type {Blueprint, EngineDefaults, Likeness, RunLine} from '../blueprint/types.ts';
import {decodeCreated} from '../decode/create.ts';
import {list, record, text} from '../decode/read.ts';
import type {EngineClient} from '../engine-client.ts';
import {EngineError} from '../errors.ts';
import {isEngineErrorOf, toEngineError} from '../failure.ts';
import {pathPart, referencePath} from '../paths.ts';
import {createBody} from '../run-spec.ts';
import type {RunSpec} from '../run-types.ts';
import type {ContainerId} from '../types.ts';

const readLimitMs = 30_000;
const actLimitMs = 60_000;

export type Created = {readonly id: ContainerId; readonly warnings: readonly string[]};

/** Of the `Engine` port: making a container like another one. */
export type RecreateCalls = {
	/** What the container was asked to be; from its inspect, that of its image, and what the engine fills in. */
	readonly blueprint: (id: ContainerId, signal: AbortSignal) => Promise<Blueprint>;
	/** The `docker run` line that makes an equivalent container. */
	readonly runLine: (blueprint: Blueprint) => RunLine;
	/** What the run form says of a container like this one. */
	readonly likeness: (blueprint: Blueprint) => Likeness;
	/**
	 * Creates a container by the blueprint under another name, with the same anonymous volumes, connected to all its
	 * networks, not started. What was made is removed again when it cannot be connected.
	 */
	readonly createAgain: (blueprint: Blueprint, name: string, signal: AbortSignal) => Promise<Created>;
	/** Creates what the form says over the rest of a likeness, with anonymous volumes of its own. */
	readonly createLike: (rest: Blueprint, spec: RunSpec, signal: AbortSignal) => Promise<Created>;
	/** Names of the containers that live in this one's network, and lose it when it goes. */
	readonly networkGuests: (id: ContainerId, signal: AbortSignal) => Promise<readonly string[]>;
};

export const recreateCalls = (client: EngineClient): RecreateCalls => ({
	blueprint: (id, signal) => blueprintOf(client, id, signal),
	runLine: blueprint => runLine(blueprint, client.apiVersion()),
	likeness: likenessOf,
	createAgain: (blueprint, name, signal) => create(client, withItsVolumes(blueprint), name, signal),
	createLike: (rest, spec, signal) =>
		create(client, likeWith({...rest, image: spec.image}, record(createBody(spec))), spec.name ?? '', signal),
	networkGuests: async (id, signal) => {
		const request = {operation: 'list containers', path: '/containers/json', query: {all: true}};
		const containers = list(await client.json({...request, limitMs: readLimitMs}, signal)).map(record);
		return containers
			.filter(entry => text(record(entry.HostConfig).NetworkMode) === `container:${id}`)
			.map(entry => text(list(entry.Names)[0]).replace(/^\//, ''));
	},
});

const blueprintOf = async (
	client: EngineClient,
	id: ContainerId,
	signal: AbortSignal,
): Promise<Blueprint> => {
	const path = `/containers/${pathPart(id)}/json`;
	const [container, defaults] = await Promise.all([
		client.json({operation: 'inspect container', path, limitMs: readLimitMs}, signal),
		engineDefaults(client, signal),
	]);
	const root = record(container);
	const [imageRan, imageNow] = await Promise.all([
		image(client, text(root.Image), signal),
		image(client, text(record(root.Config).Image), signal),
	]);
	return readBlueprint({container, imageRan, imageNow, defaults});
};

/** `undefined` for one that is not here. */
const image = async (client: EngineClient, reference: string, signal: AbortSignal): Promise<unknown> => {
	if (reference === '') return undefined;
	const path = `/images/${referencePath(reference)}/json`;
	try {
		return await client.json({operation: 'inspect image', path, limitMs: readLimitMs}, signal);
	} catch (error) {
		if (isEngineErrorOf(error, 'not-found')) return undefined;
		throw error;
	}
};

const engineDefaults = async (client: EngineClient, signal: AbortSignal): Promise<EngineDefaults> => {
	const info = record(await client.json({operation: 'info', path: '/info', limitMs: readLimitMs}, signal));
	return {
		hostname: text(info.Name),
		logDriver: text(info.LoggingDriver, 'json-file'),
		runtime: text(info.DefaultRuntime),
		cgroupVersion: text(info.CgroupVersion),
		platform: `${text(info.OSType)}/${architectureOf(text(info.Architecture))}`,
		isPodman: 'BuildahVersion' in info,
	};
};

/** The kernel's name of an architecture as images call it. */
const architectureOf = (machine: string): string => {
	const names: Readonly<Record<string, string>> = {
		x86_64: 'amd64',
		aarch64: 'arm64',
		armv7l: 'arm/v7',
		armv6l: 'arm/v6',
		i686: '386',
	};
	return names[machine] ?? machine;
};

/** What was made in vain and could not be taken away again is named. */
const withLeftover = (error: EngineError, name: string, leftover: EngineError): EngineError =>
	new EngineError(
		error.kind,
		`${error.message}; ${name} was made for it and could not be removed: ${leftover.message}`,
		error.facts,
	);

const create = async (
	client: EngineClient,
	blueprint: Blueprint,
	name: string,
	signal: AbortSignal,
): Promise<Created> => {
	const {query, body, laterNetworks} = createRequest(blueprint, name, client.apiVersion());
	const request = {operation: 'create container', method: 'POST', path: '/containers/create'} as const;
	const created = decodeCreated(await client.json({...request, query, body, limitMs: actLimitMs}, signal));
	try {
		for (const {network, settings} of laterNetworks) {
			const path = `/networks/${pathPart(network)}/connect`;
			const asked = {Container: created.id, EndpointConfig: settings};
			const connect = {operation: 'connect network', method: 'POST', path, body: asked} as const;
			await client.call({...connect, limitMs: actLimitMs}, signal);
		}
		return created;
	} catch (error) {
		const path = `/containers/${pathPart(created.id)}`;
		const remove = {operation: 'remove container', method: 'DELETE', path, query: {v: false}} as const;
		try {
			await client.call({...remove, limitMs: actLimitMs}, signal);
		} catch (leftover) {
			throw withLeftover(
				toEngineError(error, 'connect network'),
				name,
				toEngineError(leftover, 'remove container'),
			);
		}
		throw error;
	}
};
