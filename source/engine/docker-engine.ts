import process from 'node:process';
import {archiveCalls} from './calls/archive-calls.ts';
import {buildCalls} from './calls/build-calls.ts';
import {fileCalls} from './calls/file-calls.ts';
import {imageCalls} from './calls/image-calls.ts';
import {logCall} from './calls/log-calls.ts';
import {networkCalls} from './calls/network-calls.ts';
import {operationCalls} from './calls/operation-calls.ts';
import {processCalls} from './calls/process-calls.ts';
import {recreateCalls} from './calls/recreate-calls.ts';
import {registryCalls} from './calls/registry-calls.ts';
import {sessionCalls} from './calls/session-calls.ts';
import {createLocalStats} from './cgroup/local-stats.ts';
import {decodeContainer, decodeContainerList} from './decode/container.ts';
import {decodeCreated} from './decode/create.ts';
import {decodeImageList} from './decode/image.ts';
import {decodeInfo} from './decode/info.ts';
import {decodeContainerPrune, decodeImagePrune, decodeImageRemoval} from './decode/prune.ts';
import {jsonValue} from './decode/read.ts';
import type {Candidates} from './endpoint-types.ts';
import type {Engine} from './engine.ts';
import {createEngineClient, type EngineClient} from './engine-client.ts';
import {eventStream} from './event-stream.ts';
import {isEngineErrorOf} from './failure.ts';
import {pathPart, referencePath, splitReference} from './paths.ts';
import {pullProgress} from './pull.ts';
import {createBody} from './run-spec.ts';
import {statsOnce, statsStream} from './stats-stream.ts';
import type {EngineRequest} from './transport.ts';
import type {ContainerId, EngineInfo} from './types.ts';

/** Reading is quick even on a large engine; an answer after this long is none. */
const readLimitMs = 30_000;
/** Changing one object. Stopping, removing and pruning have no limit: a container sets its own grace time. */
const actLimitMs = 60_000;

/**
 * The engine at an endpoint, over the Docker Engine API. Opens nothing by itself: call `connect` first.
 * @param candidates where it may be: the first that answers is used from then on
 * @param terminal `TERM` for processes started with `exec`
 * @param statistics `api`: from the engine only; `local`: without it where that is possible
 */
export const createEngine = (
	candidates: Candidates,
	terminal = 'xterm-256color',
	statistics: 'local' | 'api' = 'local',
): Engine => {
	const client = createEngineClient(candidates);
	return {
		place: () => client.endpoint(),
		connect: async (signal, onAnswer) => {
			const {apiVersion, engineTime} = await client.ping(signal);
			onAnswer?.(engineTime);
			const [info, version] = await Promise.all([
				client.json({operation: 'info', path: '/info', limitMs: readLimitMs}, signal),
				client.json({operation: 'version', path: '/version', limitMs: readLimitMs}, signal),
			]);
			const decoded = decodeInfo(info, version, apiVersion);
			const isLocal = statistics === 'local' && mayBeHere(client, decoded);
			return {
				info: decoded,
				engineTime,
				...(isLocal ? {openLocalStats: createLocalStats(decoded)} : {}),
			};
		},
		ping: async signal => {
			await client.ping(signal);
		},
		...reading(client),
		...streaming(client),
		...actingOnContainers(client),
		...actingOnImages(client),
		...processCalls(client),
		...fileCalls(client),
		...networkCalls(client),
		...operationCalls(client),
		...recreateCalls(client),
		...sessionCalls(client, terminal),
		...imageCalls(client),
		...archiveCalls(client),
		...buildCalls(client),
		...registryCalls(client),
		close: () => client.transport().close(),
	};
};

/** A socket may still lead elsewhere; that shows with the first container. */
const mayBeHere = (client: EngineClient, {osType}: EngineInfo): boolean =>
	client.endpoint().target.kind === 'unix' && osType === 'linux' && process.platform === 'linux';

type Reading = Pick<
	Engine,
	'listContainers' | 'inspectContainer' | 'inspectRaw' | 'listImages' | 'statsOnce'
>;

const reading = (client: EngineClient): Reading => ({
	listContainers: async signal => {
		const request = {operation: 'list containers', path: '/containers/json', query: {all: true}};
		return decodeContainerList(await client.json({...request, limitMs: readLimitMs}, signal));
	},
	inspectContainer: async (id, signal) => {
		const path = `/containers/${pathPart(id)}/json`;
		try {
			const request = {operation: 'inspect container', path, limitMs: readLimitMs};
			return decodeContainer(await client.json(request, signal));
		} catch (error) {
			if (isEngineErrorOf(error, 'not-found')) return undefined;
			throw error;
		}
	},
	inspectRaw: async (kind, id, signal) => {
		const path =
			kind === 'container' ? `/containers/${pathPart(id)}/json` : `/images/${referencePath(id)}/json`;
		const request = {operation: `inspect ${kind}`, path, limitMs: readLimitMs};
		return jsonValue(await client.json(request, signal));
	},
	listImages: async signal => {
		const request = {operation: 'list images', path: '/images/json', limitMs: readLimitMs};
		return decodeImageList(await client.json(request, signal));
	},
	statsOnce: (id, signal) => statsOnce(client, id, signal),
});

type Streaming = Pick<Engine, 'events' | 'statsStream' | 'logs' | 'pullImage'>;

const streaming = (client: EngineClient): Streaming => ({
	events: (options, signal) => client.guarded('events', signal, eventStream(client, options, signal)),
	statsStream: (id, signal) => client.guarded('stats', signal, statsStream(client, id, signal)),
	logs: logCall(client),
	pullImage: (reference, signal, options) =>
		client.guarded('pull', signal, pullProgress(client, reference, signal, options)),
});

const graceQuery = (seconds: number | undefined): Pick<EngineRequest, 'query'> =>
	seconds === undefined ? {} : {query: {t: seconds}};

/** A POST or DELETE whose answer says nothing more than that it was done. */
type Act = (request: EngineRequest, signal: AbortSignal) => Promise<void>;

type ActingOnContainers = Pick<
	Engine,
	| 'startContainer'
	| 'stopContainer'
	| 'restartContainer'
	| 'pauseContainer'
	| 'unpauseContainer'
	| 'killContainer'
	| 'renameContainer'
	| 'removeContainer'
	| 'pruneContainers'
	| 'createContainer'
>;

const actingOnContainers = (client: EngineClient): ActingOnContainers => {
	const act: Act = async (request, signal) => {
		await client.call(request, signal);
	};
	const post = async (
		id: ContainerId,
		verb: string,
		more: Pick<EngineRequest, 'query' | 'limitMs'>,
		signal: AbortSignal,
	): Promise<void> => {
		const path = `/containers/${pathPart(id)}/${verb}`;
		await act({operation: `${verb} container`, method: 'POST', path, ...more}, signal);
	};
	const quick = {limitMs: actLimitMs};
	return {
		startContainer: (id, signal) => post(id, 'start', quick, signal),
		stopContainer: (id, signal, grace) => post(id, 'stop', graceQuery(grace), signal),
		restartContainer: (id, signal, grace) => post(id, 'restart', graceQuery(grace), signal),
		pauseContainer: (id, signal) => post(id, 'pause', quick, signal),
		unpauseContainer: (id, signal) => post(id, 'unpause', quick, signal),
		killContainer: (id, name, signal) => post(id, 'kill', {...quick, query: {signal: name}}, signal),
		renameContainer: (id, name, signal) => post(id, 'rename', {...quick, query: {name}}, signal),
		removeContainer: async (id, options, signal) => {
			const path = `/containers/${pathPart(id)}`;
			const query = {force: options.force, v: options.volumes};
			await act({operation: 'remove container', method: 'DELETE', path, query}, signal);
		},
		pruneContainers: async signal => {
			const request = {operation: 'prune containers', method: 'POST', path: '/containers/prune'} as const;
			return decodeContainerPrune(await client.json(request, signal));
		},
		createContainer: async (spec, signal) => {
			const request = {
				operation: 'create container',
				method: 'POST',
				path: '/containers/create',
				...(spec.name === undefined ? {} : {query: {name: spec.name}}),
				body: createBody(spec),
				limitMs: actLimitMs,
			} as const;
			return decodeCreated(await client.json(request, signal));
		},
	};
};

type ActingOnImages = Pick<Engine, 'removeImage' | 'tagImage' | 'pruneImages'>;

const actingOnImages = (client: EngineClient): ActingOnImages => ({
	removeImage: async (reference, options, signal) => {
		const path = `/images/${referencePath(reference)}`;
		const request = {
			operation: 'remove image',
			method: 'DELETE',
			path,
			query: {force: options.force},
		} as const;
		return decodeImageRemoval(await client.json(request, signal));
	},
	tagImage: async (id, reference, signal) => {
		const {repository, tag} = splitReference(reference);
		const path = `/images/${referencePath(id)}/tag`;
		const query = {repo: repository, tag};
		await client.call({operation: 'tag image', method: 'POST', path, query, limitMs: actLimitMs}, signal);
	},
	pruneImages: async (which, signal) => {
		const query = {filters: {dangling: [which === 'dangling' ? 'true' : 'false']}};
		const request = {operation: 'prune images', method: 'POST', path: '/images/prune', query} as const;
		return decodeImagePrune(await client.json(request, signal));
	},
});
