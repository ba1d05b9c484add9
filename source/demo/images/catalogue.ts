import {DemoError, type DemoRequest} from '../contract.ts';
import {object, text} from '../http/read.ts';
import {generatePulledImage} from './generated-images.ts';
import type {DemoImage, DemoPlatform} from './image-types.ts';
import {manifestDigest} from './manifest.ts';
import {canonicalName, type DemoReference, referenceText, repositoryOf} from './references.ts';
import {imageOf, midnightBefore, worldImages} from './world.ts';

/** What a registry answers to the name of an image. */
export type Found = {
	readonly image: DemoImage;
	/** In which words the pull ends halfway. */
	readonly failure?: string;
};

/** Repositories of which every tag can be pulled, besides those of the images that are there from the start. */
const inventedRepositories = [
	'alpine',
	'debian',
	'node',
	'python',
	'memcached',
	'traefik',
	'registry.example.com/platform/gateway',
	'registry.example.com/platform/mailer',
];

/** Pulls of it run out of disk. */
const tooLarge = 'registry.example.com/platform/huge-model';

/** Asks for an account, and then has every image. */
const privateRegistry = 'private.example.com/';

const known = new Set([
	...worldImages.flatMap(image => image.tags.map(repositoryOf)),
	...inventedRepositories,
	tooLarge,
]);

/** @throws DemoError in the engine's words, for what the invented registries do not give */
export const findInRegistry = (
	reference: DemoReference,
	request: DemoRequest,
	world: {readonly now: number; readonly seed: number},
): Found => {
	const {name} = reference;
	if (name.startsWith(privateRegistry)) {
		if (!hasAccount(request))
			throw new DemoError(500, `${manifestCall(reference)}: no basic auth credentials`);
	} else if (!known.has(name)) {
		throw new DemoError(
			404,
			`pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
		);
	}
	const wanted = referenceText(reference);
	const recipe = worldImages.find(({tags}) => tags.includes(wanted)) ?? sameDigest(reference, world.now);
	const isMissing = recipe === undefined && (reference.digest !== undefined || wanted.endsWith('missing'));
	if (isMissing)
		throw new DemoError(404, `manifest for ${wanted} not found: manifest unknown: manifest unknown`);
	const platform = platformOf(request.query.get('platform') ?? '', wanted);
	const image = imageOf(
		{...(recipe ?? generatePulledImage(wanted, world.seed)), ...(platform && {platform})},
		midnightBefore(world.now),
	);
	return name === tooLarge
		? {image, failure: 'failed to register layer: write /srv/bin/model.bin: no space left on device'}
		: {image};
};

/** Every tag of a repository. */
export const tagsInRegistry = (name: string): readonly string[] => {
	const tags = worldImages
		.flatMap(image => image.tags)
		.filter(tag => repositoryOf(tag) === name)
		.map(tag => tag.slice(name.length + 1));
	return tags.length > 0 ? tags : ['1.0', '1.1', 'latest'];
};

/** The architectures that the invented registries have images for; all of linux. */
const architectures = ['amd64', 'arm64'];

/** @param wanted `os[/architecture[/variant]]` @throws DemoError in the engine's words when there is none for it */
const platformOf = (wanted: string, name: string): DemoPlatform | undefined => {
	if (wanted === '') return undefined;
	const [os = '', architecture = 'amd64', variant] = wanted.split('/');
	if (os !== 'linux' || !architectures.includes(architecture))
		throw new DemoError(404, `no matching manifest for ${wanted} in the manifest list entries of ${name}`);
	return {os, architecture, ...(variant !== undefined && {variant})};
};

/** Whether credentials came with a request: which ones does not matter here. */
export const hasAccount = ({headers}: DemoRequest): boolean => {
	const header = headers['x-registry-auth'];
	if (typeof header !== 'string') return false;
	try {
		const account = object(JSON.parse(Buffer.from(header, 'base64url').toString()));
		return Boolean(text(account.username) || text(account.identitytoken));
	} catch {
		return false;
	}
};

const sameDigest = ({name, digest}: DemoReference, now: number) =>
	digest === undefined
		? undefined
		: worldImages.find(
				recipe =>
					recipe.tags.some(tag => repositoryOf(tag) === name) &&
					manifestDigest(imageOf(recipe, midnightBefore(now))) === digest,
			);

const manifestCall = ({name, tag, digest}: DemoReference): string => {
	const [host, ...path] = canonicalName(name).split('/');
	return `Head "https://${host}/v2/${path.join('/')}/manifests/${digest ?? tag ?? 'latest'}"`;
};
