/** A registry of the invented world. */
export type DemoRegistry = {
	/** As it is asked. */
	readonly host: string;
	/** What the engine writes before the names of its repositories. */
	readonly prefix: string;
	/** How it wants to be told who asks. */
	readonly login: 'none' | 'basic' | {readonly realm: string};
	/** Only who has an account sees anything. */
	readonly isPrivate: boolean;
	readonly hasCatalog: boolean;
	readonly canDelete: boolean;
	readonly hasReferrers: boolean;
};

const registries: readonly DemoRegistry[] = [
	{
		host: 'registry-1.docker.io',
		prefix: '',
		login: {realm: 'https://auth.docker.io/token'},
		isPrivate: false,
		hasCatalog: false,
		canDelete: false,
		hasReferrers: false,
	},
	{
		host: 'registry.example.com',
		prefix: 'registry.example.com/',
		login: 'none',
		isPrivate: false,
		hasCatalog: true,
		canDelete: true,
		hasReferrers: true,
	},
	{
		host: 'private.example.com',
		prefix: 'private.example.com/',
		login: 'basic',
		isPrivate: true,
		hasCatalog: true,
		canDelete: false,
		hasReferrers: false,
	},
	{
		host: 'ghcr.io',
		prefix: 'ghcr.io/',
		login: {realm: 'https://ghcr.io/token'},
		isPrivate: false,
		hasCatalog: false,
		canDelete: false,
		hasReferrers: true,
	},
];

/** By the host that a request names. */
export const registryAt = (host: string | undefined): DemoRegistry | undefined =>
	registries.find(registry => registry.host === host);

/** Where an image of this name is. @param canonical with its host: `docker.io/library/nginx` */
export const registryOf = (canonical: string): DemoRegistry | undefined => {
	const host = canonical.split('/', 1)[0];
	return registryAt(host === 'docker.io' ? 'registry-1.docker.io' : host);
};

/** The engine's name of a repository: `nginx` for `library/nginx` of the default registry. */
export const nameAt = ({prefix}: DemoRegistry, repository: string): string =>
	prefix === '' ? repository.replace(/^library\/(?=[^/]+$)/, '') : `${prefix}${repository}`;
