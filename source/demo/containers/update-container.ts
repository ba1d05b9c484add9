import {DemoError} from '../contract.ts';
import {type Json, number, object, text} from '../http/read.ts';
import {machine} from '../system/machine.ts';
import type {ContainerSpec} from './container-types.ts';
import {restartOf} from './create-spec.ts';

const leastMemoryBytes = 6 * 1024 * 1024;

/** Fields of `HostConfig` that are kept as they were sent. */
const keptFields = ['MemoryReservation', 'CpuQuota', 'CpuPeriod', 'CpuShares'] as const;

/**
 * What a body of `POST /containers/{id}/update` makes of a container's settings: what is absent or zero stays, but
 * for the limit of processes.
 * @throws DemoError in the words of an engine
 */
export const updatedSpec = (spec: ContainerSpec, id: string, body: Json): ContainerSpec => {
	const wanted = (name: string): number => number(body[name]) ?? 0;
	checkValues(body);
	const host = spec.rawHost ?? {};
	const swapBefore = number(host.MemorySwap) || 2 * spec.memoryBytes;
	const memory = wanted('Memory') || spec.memoryBytes;
	if (wanted('Memory') !== 0 && wanted('Memory') > swapBefore && wanted('MemorySwap') === 0) {
		throw new DemoError(
			409,
			`Cannot update container ${id}: Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time`,
		);
	}
	const policy = object(body.RestartPolicy);
	const hasPolicy = (text(policy.Name) ?? '') !== '';
	if (hasPolicy && policy.Name !== 'no' && spec.isAutoRemove) {
		throw new DemoError(
			409,
			'Restart policy cannot be updated because AutoRemove is enabled for the container',
		);
	}
	const kept = keptFields.flatMap(name => (wanted(name) === 0 ? [] : [[name, wanted(name)] as const]));
	return {
		...spec,
		memoryBytes: memory,
		nanoCpus: wanted('NanoCpus') || spec.nanoCpus,
		restart: hasPolicy ? restartOf(policy) : spec.restart,
		rawHost: {
			...host,
			...Object.fromEntries(kept),
			MemorySwap: wanted('MemorySwap') || swapBefore,
			...((text(body.CpusetCpus) ?? '') === '' ? {} : {CpusetCpus: body.CpusetCpus}),
			...(number(body.PidsLimit) === undefined ? {} : {PidsLimit: Math.max(0, wanted('PidsLimit'))}),
		},
	};
};

const checkValues = (body: Json): void => {
	const {Memory = 0, NanoCpus = 0, CpuShares = 0} = body;
	if (typeof Memory === 'number' && Memory !== 0 && Memory < leastMemoryBytes)
		throw new DemoError(400, 'Minimum memory limit allowed is 6MB');
	if (typeof NanoCpus === 'number' && (NanoCpus < 0 || NanoCpus > machine.cpus * 1e9))
		throw new DemoError(
			400,
			`Range of CPUs is from 0.01 to ${machine.cpus}.00, as there are only ${machine.cpus} CPUs available`,
		);
	if (typeof CpuShares === 'number' && CpuShares < 0)
		throw new DemoError(400, `invalid CPU shares (${CpuShares}): value must be a positive integer`);
	const cores = text(body.CpusetCpus) ?? '';
	if (cores.split(/[,-]/).some(core => Number(core) >= machine.cpus))
		throw new DemoError(
			400,
			`Requested CPUs are not available - requested ${cores}, available: 0-${machine.cpus - 1}`,
		);
	const {Name: policy = ''} = object(body.RestartPolicy);
	if (!['', 'no', 'always', 'unless-stopped', 'on-failure'].includes(String(policy)))
		throw new DemoError(400, `invalid restart policy: unknown policy '${String(policy)}'`);
};
