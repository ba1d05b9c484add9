import {DemoError, type DemoRequest} from '../contract.ts';
import {callerOfEngine} from '../registries/accounts.ts';
import {descriptorOf, type RegistryDocument} from '../registries/documents.ts';
import {registryOf} from '../registries/registry-hosts.ts';
import type {RegistryStock} from '../registries/stock.ts';
import type {Stocked} from '../registries/stocked.ts';
import type {DemoImage, DemoPlatform} from './image-types.ts';
import type {Descriptor} from './manifest.ts';
import {canonicalName, type DemoReference, referenceText} from './references.ts';

/** What a registry answers to the name of an image. */
export type Found = {
	readonly image: DemoImage;
	/** `sha256:…` of what the name stands for there. */
	readonly digest: string;
	/** In which words the pull ends halfway. */
	readonly failure?: string;
};

/** Pulls of it run out of disk. */
const tooLarge = 'registry.example.com/platform/huge-model';

/** @throws DemoError in the engine's words, for what the invented registries do not give */
export const findInRegistry = (
	reference: DemoReference,
	request: DemoRequest,
	stock: RegistryStock,
): Found => {
	enter(reference, request, stock);
	const {name} = reference;
	const failure = name === tooLarge && {
		failure: 'failed to register layer: write /srv/bin/model.bin: no space left on device',
	};
	if (reference.digest !== undefined) {
		const found = stock.byDigest(name, reference.digest);
		if (found?.image === undefined) throw unknownManifest(reference);
		return {image: found.image, digest: reference.digest, ...failure};
	}
	const stocked = stock.byTag(name, reference.tag ?? 'latest');
	if (stocked === undefined) throw unknownManifest(reference);
	const platform = request.query.get('platform') ?? '';
	return {
		image: imageFor(stocked, platform, referenceText(reference)),
		digest: stocked.root.digest,
		...failure,
	};
};

/** `GET /distribution/{name}/json`. @throws DemoError as `findInRegistry` */
export const describeInRegistry = (
	reference: DemoReference,
	request: DemoRequest,
	stock: RegistryStock,
): {readonly descriptor: Descriptor; readonly platforms: readonly DemoPlatform[]} => {
	enter(reference, request, stock);
	const {name, tag = 'latest', digest} = reference;
	const told = (document: RegistryDocument, images: readonly {readonly image: DemoImage}[]) => ({
		descriptor: descriptorOf(document),
		platforms: images.map(({image}) => image.platform),
	});
	if (digest === undefined) {
		const stocked = stock.byTag(name, tag);
		if (stocked !== undefined) return told(stocked.root, stocked.images);
	} else {
		const found = stock.byDigest(name, digest);
		if (found?.image !== undefined) return told(found.document, [{image: found.image}]);
	}
	throw unknownManifest(reference);
};

const unknownManifest = (reference: DemoReference): DemoError =>
	new DemoError(
		404,
		`manifest for ${referenceText(reference)} not found: manifest unknown: manifest unknown`,
	);

/** @throws DemoError for who may not see the repository, and for one that there is not */
const enter = (reference: DemoReference, request: DemoRequest, stock: RegistryStock): void => {
	const {name} = reference;
	const registry = registryOf(canonicalName(name));
	const caller = callerOfEngine(request);
	if (caller === 'stranger' && registry !== undefined && registry.login !== 'none')
		throw new DemoError(500, `${manifestCall(reference)}: unauthorized: incorrect username or password`);
	if (registry?.isPrivate === true) {
		if (caller !== 'account')
			throw new DemoError(500, `${manifestCall(reference)}: no basic auth credentials`);
	} else if (!stock.hasRepository(name)) {
		throw new DemoError(
			404,
			`pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied`,
		);
	}
};

/** Every tag of a repository. */
export const tagsInRegistry = (name: string, stock: RegistryStock): readonly string[] => {
	const tags = stock.tags(name);
	return tags.length > 0 ? tags : ['1.0', '1.1', 'latest'];
};

/** @param wanted `os[/architecture[/variant]]` @throws DemoError in the engine's words when there is none for it */
const imageFor = ({images}: Stocked, wanted: string, name: string): DemoImage => {
	if (wanted === '') return images[0].image;
	const [os = '', architecture = 'amd64', variant] = wanted.split('/');
	const found = images.find(
		({image: {platform}}) =>
			platform.os === os &&
			platform.architecture === architecture &&
			(variant === undefined || platform.variant === undefined || variant === platform.variant),
	);
	if (found === undefined)
		throw new DemoError(404, `no matching manifest for ${wanted} in the manifest list entries of ${name}`);
	return found.image;
};

const manifestCall = ({name, tag, digest}: DemoReference): string => {
	const [host, ...path] = canonicalName(name).split('/');
	return `Head "https://${host}/v2/${path.join('/')}/manifests/${digest ?? tag ?? 'latest'}"`;
};
