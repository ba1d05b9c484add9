import {type Fields, list, number, record, text, texts} from '../decode/read.ts';
import {isSame, said, without} from './compare.ts';
import type {EngineDefaults} from './types.ts';

/** Zero and false mean something of their own to these. */
const meaningfulHost = ['Init', 'MemorySwappiness', 'MaskedPaths', 'ReadonlyPaths'];

const defaultShmBytes = 64 * 1024 * 1024;

/** The `HostConfig` of an inspect without what the engine filled in. */
export const ownHost = (host: Fields, defaults: EngineDefaults): Fields => {
	const filled = [...filledNames(host, defaults), ...(defaults.isPodman ? podmanNames(host) : [])];
	const own = without(host, 'ContainerIDFile', 'ConsoleSize', 'Cgroup', ...filled);
	return said(
		{
			...own,
			Links: texts(host.Links).map(linkOf),
			Ulimits: list(host.Ulimits).map(ulimitOf),
			PortBindings: Object.fromEntries(
				Object.entries(record(host.PortBindings)).filter(([, bindings]) => list(bindings).length > 0),
			),
		},
		meaningfulHost,
	);
};

/** Names of the fields that stand as the engine sets them when nobody asks. */
const filledNames = (host: Fields, defaults: EngineDefaults): readonly string[] => {
	const memory = number(host.Memory);
	const isOpen = host.Privileged === true || text(host.PidMode) === 'host' || text(host.IpcMode) === 'host';
	const log = record(host.LogConfig);
	const cgroupns = defaults.cgroupVersion === '1' ? 'host' : 'private';
	const isFilled: Readonly<Record<string, boolean>> = {
		MemorySwap: memory > 0 && number(host.MemorySwap) === 2 * memory,
		MemorySwappiness: number(host.MemorySwappiness, -1) === -1,
		ShmSize: number(host.ShmSize) === defaultShmBytes,
		IpcMode: text(host.IpcMode) === 'private',
		CgroupnsMode: text(host.CgroupnsMode) === cgroupns,
		Runtime: text(host.Runtime) === defaults.runtime,
		Isolation: text(host.Isolation) === 'default',
		RestartPolicy: ['', 'no'].includes(text(record(host.RestartPolicy).Name)),
		LogConfig: text(log.Type) === defaults.logDriver && Object.keys(record(log.Config)).length === 0,
		SecurityOpt: isOpen && isSame(host.SecurityOpt, ['label=disable']),
		MaskedPaths: isFilledList(host.MaskedPaths, '/proc/kcore', host.Privileged === true),
		ReadonlyPaths: isFilledList(host.ReadonlyPaths, '/proc/sys', host.Privileged === true),
		OomKillDisable: host.OomKillDisable !== true,
	};
	return Object.keys(isFilled).filter(name => isFilled[name] === true);
};

/** An empty list is a wish ("hide nothing"); the engine's own list grows with its versions. */
const isFilledList = (value: unknown, member: string, isPrivileged: boolean): boolean =>
	isPrivileged || !Array.isArray(value) || texts(value).includes(member);

/** Podman tells its defaults as if they had been asked for. */
const podmanNames = (host: Fields): readonly string[] => {
	const isFilled: Readonly<Record<string, boolean>> = {
		PidMode: text(host.PidMode) === 'private',
		UTSMode: text(host.UTSMode) === 'private',
		IpcMode: text(host.IpcMode) === 'shareable',
		CgroupnsMode: text(host.CgroupnsMode) === 'private',
		Runtime: text(host.Runtime) === 'oci',
		ShmSize: number(host.ShmSize) === 65_536_000,
		PidsLimit: number(host.PidsLimit) === 2048,
		CgroupParent: ['user.slice', 'machine.slice'].includes(text(host.CgroupParent)),
		Annotations: Object.keys(record(host.Annotations)).every(key => key.startsWith('io.')),
	};
	return Object.keys(isFilled).filter(name => isFilled[name] === true);
};

/** `/db:/web/store`, as inspect has it, to the `db:store` that create wants. */
const linkOf = (link: string): string => {
	const [target = '', own = ''] = link.split(':');
	return `${target.replace(/^\//, '')}:${own.split('/').at(-1) ?? ''}`;
};

const ulimitOf = (entry: unknown): Fields => {
	const limit = record(entry);
	return {
		...limit,
		Name: text(limit.Name)
			.replace(/^RLIMIT_/, '')
			.toLowerCase(),
	};
};
