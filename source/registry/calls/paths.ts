import {isDigest} from '../decode/manifest.ts';
import {RegistryError, type RegistryHost} from '../types.ts';

const repositoryForm = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const tagForm = /^\w[\w.-]{0,127}$/;

/**
 * `/v2/<name>`.
 * @throws RegistryError for what cannot be a repository: nothing is sent then
 */
export const repositoryPath = (host: RegistryHost, repository: string): string => {
	if (repository.length <= 255 && repositoryForm.test(repository)) return `/v2/${repository}`;
	throw new RegistryError(
		'not-found',
		host,
		`${host}: “${repository.slice(0, 255)}” is no name of a repository`,
	);
};

/** `host/repository:tag` or `host/repository@digest`. */
export const manifestLabel = (host: RegistryHost, repository: string, reference: string): string =>
	`${host}/${repository}${reference.includes(':') ? '@' : ':'}${reference}`;

/**
 * `/v2/<name>/manifests/<reference>`.
 * @throws RegistryError for what cannot be a tag or a digest: nothing is sent then
 */
export const manifestPath = (host: RegistryHost, repository: string, reference: string): string => {
	const path = repositoryPath(host, repository);
	if (isDigest(reference) || tagForm.test(reference)) return `${path}/manifests/${reference}`;
	throw new RegistryError(
		'not-found',
		host,
		`${host}/${repository}: “${reference.slice(0, 128)}” is neither a tag nor a digest`,
	);
};
