import {decodeCommitted, decodeImageSize, decodeLimits, decodeWarnings} from '../decode/operations.ts';
import type {EngineClient} from '../engine-client.ts';
import {EngineError} from '../errors.ts';
import {pathPart, referencePath, splitReference} from '../paths.ts';
import type {CommitSpec, ContainerLimits, LimitsChange} from '../run-types.ts';
import type {ContainerId, ImageId} from '../types.ts';

/** Of the `Engine` port: changes of a container that lives on. */
export type OperationCalls = {
	/** `GET /containers/{id}/json`. */
	readonly containerLimits: (id: ContainerId, signal: AbortSignal) => Promise<ContainerLimits>;
	/** `POST /containers/{id}/update`. Resolves to the engine's warnings. */
	readonly updateContainer: (
		id: ContainerId,
		change: LimitsChange,
		signal: AbortSignal,
	) => Promise<readonly string[]>;
	/** `POST /commit`, which takes as long as the container's files need. */
	readonly commitContainer: (id: ContainerId, spec: CommitSpec, signal: AbortSignal) => Promise<ImageId>;
	/** `GET /images/{id}/json`: bytes of all layers. */
	readonly imageSize: (id: ImageId, signal: AbortSignal) => Promise<number>;
};

const readLimitMs = 30_000;
const actLimitMs = 60_000;

const optional = (name: string, value: string | number | undefined): object =>
	value === undefined ? {} : {[name]: value};

/** The body of an update: Go tells absent fields from zeros for some of these only, so none is sent needlessly. */
export const updateBody = (change: LimitsChange): object => ({
	...optional('Memory', change.memoryBytes),
	...optional('MemoryReservation', change.reservationBytes),
	...optional('MemorySwap', change.memorySwapBytes),
	...optional('NanoCpus', change.nanoCpus),
	...optional('CpuQuota', change.cpuQuota),
	...optional('CpuPeriod', change.cpuPeriod),
	...optional('CpuShares', change.cpuShares),
	...optional('CpusetCpus', change.cpuset),
	...optional('PidsLimit', change.pidsLimit),
	...(change.restart === undefined
		? {}
		: {
				RestartPolicy: {
					Name: change.restart.name,
					MaximumRetryCount: change.restart.maximumRetryCount ?? 0,
				},
			}),
});

/** Podman before 5.1 has no such address, and answers as if the container were gone. */
const withoutUpdate = (error: unknown): unknown => {
	const isMissing = error instanceof EngineError && [404, 405].includes(error.facts.status ?? 0);
	return isMissing && !/no such container/i.test(error.message)
		? new EngineError('unsupported', 'this engine cannot change the limits of a container', {cause: error})
		: error;
};

export const operationCalls = (client: EngineClient): OperationCalls => ({
	containerLimits: async (id, signal) => {
		const path = `/containers/${pathPart(id)}/json`;
		return decodeLimits(
			await client.json({operation: 'inspect container', path, limitMs: readLimitMs}, signal),
		);
	},
	updateContainer: async (id, change, signal) => {
		const request = {
			operation: 'update container',
			method: 'POST',
			path: `/containers/${pathPart(id)}/update`,
			body: updateBody(change),
			limitMs: actLimitMs,
		} as const;
		try {
			return decodeWarnings(await client.json(request, signal));
		} catch (error) {
			throw withoutUpdate(error);
		}
	},
	commitContainer: async (id, spec, signal) => {
		const {repository, tag} = splitReference(spec.reference);
		const query = {
			container: id,
			repo: repository,
			tag,
			comment: spec.message,
			author: spec.author,
			pause: spec.isPausing,
			// The engine reads them as lines of a Dockerfile.
			...(spec.changes.length === 0 ? {} : {changes: spec.changes.join('\n')}),
		};
		const request = {operation: 'commit container', method: 'POST', path: '/commit', query} as const;
		return decodeCommitted(await client.json(request, signal));
	},
	imageSize: async (id, signal) => {
		const path = `/images/${referencePath(id)}/json`;
		return decodeImageSize(
			await client.json({operation: 'inspect image', path, limitMs: readLimitMs}, signal),
		);
	},
});
