import type {EngineInfo} from '../types.ts';
import {list, number, record, text, texts} from './read.ts';

/** Hosts and networks alike. */
const insecureRegistries = (value: unknown): readonly string[] => {
	const {InsecureRegistryCIDRs: networks, IndexConfigs: indexes} = record(value);
	const hosts = Object.entries(record(indexes)).flatMap(([host, index]) =>
		record(index).Secure === false ? [host] : [],
	);
	return [...texts(networks), ...hosts];
};

/**
 * `GET /info` and `GET /version` together.
 * @param apiVersion the negotiated one
 */
export const decodeInfo = (info: unknown, version: unknown, apiVersion: string): EngineInfo => {
	const about = record(info);
	const release = record(version);
	const architecture = text(about.Architecture);
	const isPodman = list(release.Components).some(part => text(record(part).Name) === 'Podman Engine');
	return {
		product: isPodman ? 'Podman' : 'Docker',
		version: text(release.Version) || text(about.ServerVersion),
		apiVersion,
		osType: text(about.OSType) || text(release.Os) || 'linux',
		name: text(about.Name),
		cpus: number(about.NCPU),
		memoryBytes: number(about.MemTotal),
		storageDriver: text(about.Driver),
		...(architecture !== '' && {architecture}),
		// Engines before 20.10 do not say; they knew only the first.
		cgroupVersion: text(about.CgroupVersion) || '1',
		insecureRegistries: insecureRegistries(about.RegistryConfig),
		warnings: texts(about.Warnings),
	};
};
