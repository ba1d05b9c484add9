import type {ContainerLimits, RestartPolicy} from '../run-types.ts';
import type {ImageId} from '../types.ts';
import {requiredText} from './answer.ts';
import {imageId} from './ids.ts';
import {number, record, text, texts} from './read.ts';

const policyNames: ReadonlyMap<string, RestartPolicy['name']> = new Map([
	['always', 'always'],
	['unless-stopped', 'unless-stopped'],
	['on-failure', 'on-failure'],
]);

/** `HostConfig` of `GET /containers/{id}/json`; an engine leaves out what was never set. */
export const decodeLimits = (value: unknown): ContainerLimits => {
	const host = record(record(value).HostConfig);
	const policy = record(host.RestartPolicy);
	return {
		memoryBytes: number(host.Memory),
		reservationBytes: number(host.MemoryReservation),
		memorySwapBytes: number(host.MemorySwap),
		nanoCpus: number(host.NanoCpus),
		cpuQuota: number(host.CpuQuota),
		cpuPeriod: number(host.CpuPeriod),
		cpuShares: number(host.CpuShares),
		cpuset: text(host.CpusetCpus),
		pidsLimit: number(host.PidsLimit),
		restart: {
			name: policyNames.get(text(policy.Name)) ?? 'no',
			maximumRetryCount: number(policy.MaximumRetryCount),
		},
	};
};

/** `POST /containers/{id}/update`. */
export const decodeWarnings = (value: unknown): readonly string[] => texts(record(value).Warnings);

/**
 * `POST /commit`.
 * @throws EngineError `protocol` without an id
 */
export const decodeCommitted = (value: unknown): ImageId =>
	imageId(requiredText(record(value), 'Id', 'answer to commit'));

/** `GET /images/{id}/json`. */
export const decodeImageSize = (value: unknown): number => number(record(value).Size);
