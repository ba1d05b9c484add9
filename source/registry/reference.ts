import {type ImageReference, parseReference} from '../format/image-name.ts';
import {hubHost} from './accounts-port.ts';
import {canonicalHost} from './host.ts';
import type {RegistryHost} from './types.ts';

/** An image's name as its registry knows it. */
export type RemoteReference = {
	readonly host: RegistryHost;
	/** Of Docker Hub's own images with `library/`. */
	readonly repository: string;
	/** A tag or a digest; `latest` where neither was said. */
	readonly reference: string;
};

const remoteOf = ({domain = hubHost, repository, tag, digest}: ImageReference): RemoteReference => {
	const host = canonicalHost(domain);
	return {
		host,
		repository: host === hubHost && !repository.includes('/') ? `library/${repository}` : repository,
		reference: digest ?? tag ?? 'latest',
	};
};

/** `undefined` for what is no name of an image. */
export const remoteReference = (text: string): RemoteReference | undefined => {
	const parsed = parseReference(text);
	return parsed.ok ? remoteOf(parsed.value) : undefined;
};

/** A repository as people and engines write it: `nginx` of Docker Hub's own, `registry.example.com/shop/api`. */
export const familiarRepository = (host: RegistryHost, repository: string): string =>
	host === hubHost ? repository.replace(/^library\//, '') : `${host}/${repository}`;

/** @param reference a tag or a digest */
export const familiarName = (host: RegistryHost, repository: string, reference: string): string =>
	`${familiarRepository(host, repository)}${reference.includes(':') ? '@' : ':'}${reference}`;
