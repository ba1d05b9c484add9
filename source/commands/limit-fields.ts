import type {ContainerLimits, LimitsChange, RestartPolicy} from '../engine/run-types.ts';
import {
	bytesField,
	isNoLimit,
	parseCpuset,
	parsePids,
	parseReservation,
	parseShares,
	parseSwap,
} from '../format/limit-fields.ts';
import {type Parsed, refuse} from '../format/parsed.ts';
import {parseCpus, parseMemory, parseRestart} from '../format/run-fields.ts';

/** What the machine of the engine has, for the words about limits that cannot be taken away. */
export type MachineFacts = {readonly memoryBytes: number; readonly cpus: number};

export type LimitField = {
	readonly id: string;
	readonly label: string;
	readonly hint: string;
	/** What an emptied field means, in words. */
	readonly unset: string;
	/** As it is now; empty: not set. */
	readonly read: (limits: ContainerLimits) => string;
	/** What an edited field asks for, of a container that has these limits now. */
	readonly change: (text: string, now: ContainerLimits, machine: MachineFacts) => Parsed<LimitsChange>;
};

const defaultPeriod = 100_000;
/** What the kernel gives a container that says nothing. */
const defaultShares = 1024;

const cores = ({nanoCpus, cpuQuota, cpuPeriod}: ContainerLimits): string => {
	if (nanoCpus > 0) return String(nanoCpus / 1e9);
	return cpuQuota > 0 ? String(cpuQuota / (cpuPeriod || defaultPeriod)) : '';
};

const restartField = ({name, maximumRetryCount = 0}: RestartPolicy): string =>
	name === 'on-failure' && maximumRetryCount > 0 ? `${name}:${maximumRetryCount}` : name;

const as = <Value>(parsed: Parsed<Value>, change: (value: Value) => LimitsChange): Parsed<LimitsChange> =>
	parsed.ok ? {ok: true, value: change(parsed.value)} : parsed;

/** What can be changed of a container that is there, in the order of the form. */
export const limitFields: readonly LimitField[] = [
	{
		id: 'memory',
		label: 'Memory',
		unset: 'without a limit',
		hint: 'no limit; 512m, 2g',
		read: ({memoryBytes}) => bytesField(memoryBytes),
		change: (text, _, {memoryBytes}) =>
			isNoLimit(text)
				? refuse(
						text,
						`a memory limit can be raised, not taken away; this machine has ${Math.floor(memoryBytes / 1024 ** 2)}m`,
					)
				: as(parseMemory(text), bytes => ({memoryBytes: bytes})),
	},
	{
		id: 'reservation',
		label: 'Reservation',
		unset: 'none',
		hint: 'none; a soft limit, below the memory',
		read: ({reservationBytes}) => bytesField(Math.max(0, reservationBytes)),
		change: text => as(parseReservation(text), bytes => ({reservationBytes: bytes})),
	},
	{
		id: 'swap',
		label: 'Memory + swap',
		unset: 'unlimited',
		hint: 'twice the memory; -1: unlimited swap',
		read: ({memorySwapBytes}) => bytesField(memorySwapBytes),
		change: text =>
			as(isNoLimit(text) ? {ok: true, value: -1} : parseSwap(text), bytes => ({memorySwapBytes: bytes})),
	},
	{
		id: 'cpus',
		label: 'CPUs',
		unset: 'without a limit',
		hint: 'no limit; 0.5, 2',
		read: cores,
		change: (text, {nanoCpus, cpuQuota, cpuPeriod}, {cpus}) => {
			const isByQuota = nanoCpus === 0 && cpuQuota > 0;
			if (isNoLimit(text)) {
				if (isByQuota) return {ok: true, value: {cpuQuota: -1}};
				return refuse(text, `a CPU limit can be raised, not taken away; this machine has ${cpus}`);
			}
			return as(parseCpus(text), count =>
				isByQuota
					? {cpuQuota: Math.round(count * (cpuPeriod || defaultPeriod))}
					: {nanoCpus: Math.round(count * 1e9)},
			);
		},
	},
	{
		id: 'shares',
		label: 'CPU shares',
		unset: '1024',
		hint: `${defaultShares}; a weight, 2 to 262144`,
		read: ({cpuShares}) => (cpuShares === 0 ? '' : String(cpuShares)),
		change: text =>
			as(isNoLimit(text) ? {ok: true, value: defaultShares} : parseShares(text), shares => ({
				cpuShares: shares,
			})),
	},
	{
		id: 'cpuset',
		label: 'Cores',
		unset: 'all',
		hint: 'all; 0-2,5',
		read: ({cpuset}) => cpuset,
		change: (text, _, {cpus}) =>
			as(text.trim() === '' ? {ok: true, value: allCores(cpus)} : parseCpuset(text), cpuset => ({cpuset})),
	},
	{
		id: 'pids',
		label: 'Processes',
		unset: 'without a limit',
		hint: 'no limit; 100',
		read: ({pidsLimit}) => (pidsLimit > 0 ? String(pidsLimit) : ''),
		change: text => as(parsePids(text), pidsLimit => ({pidsLimit})),
	},
	{
		id: 'restart',
		label: 'Restart',
		unset: 'no',
		hint: 'no, always, unless-stopped, on-failure[:5]',
		read: ({restart}) => restartField(restart),
		change: text => as(parseRestart(text.trim() === '' ? 'no' : text), restart => ({restart})),
	},
];

const allCores = (cpus: number): string => (cpus > 1 ? `0-${cpus - 1}` : '0');
