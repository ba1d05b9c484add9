import {parseReference} from '../format/image-name.ts';
import {accept, type Parsed, refuse} from '../format/parsed.ts';
import {hubHost} from './accounts-port.ts';
import type {RegistryHost} from './types.ts';

const hubNames: ReadonlySet<string> = new Set([hubHost, 'index.docker.io', 'registry-1.docker.io']);

/** A host as docker and people write it, where a scheme and a path may be around it. Source: docker/cli, ConvertToHostname. */
export const bareHost = (written: string): string => {
	const [, , rest = written] = /^([a-z][a-z\d+.-]*):\/\/(.*)$/is.exec(written) ?? [];
	return rest.split('/', 1)[0] ?? '';
};

/** Docker Hub has several names. */
export const canonicalHost = (host: string): RegistryHost => (hubNames.has(host) ? hubHost : host);

/** A registry as somebody has typed it: a host, its port where it has one, or a URL; empty is Docker Hub. */
export const parseRegistryHost = (text: string): Parsed<RegistryHost> => {
	const said = text.trim();
	if (said === '') return accept(hubHost);
	const host = canonicalHost(bareHost(said));
	// Where an image's name does not begin with a host that is one, nothing would ever be pulled from there.
	const parsed = parseReference(`${host}/image`);
	return parsed.ok && parsed.value.domain === host
		? accept(host)
		: refuse(said, 'a registry is host or host:port, such as registry.example.com:5000');
};
