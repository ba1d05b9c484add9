import type {DemoRequest, DemoRoute} from '../contract.ts';
import {pause} from '../pause.ts';
import {type Caller, callerOfEngine} from '../registries/accounts.ts';
import {registryOf} from '../registries/registry-hosts.ts';
import type {ImageStore, StoredImage} from './image-store.ts';
import type {DemoStackedLayer} from './image-types.ts';
import {manifestDigest, registryManifest} from './manifest.ts';
import type {ImageParts} from './parts.ts';
import {type KnownLayer, pushSteps} from './push-steps.ts';
import {canonicalName, demoReference, referenceText, repositoryOf} from './references.ts';
import {encodeLines, failureLine} from './transfer-lines.ts';

const stepMs = 100;

/** `POST /images/{name}/push`. What a registry refuses comes as a line: the status was 200 before. */
export const pushRoute = (parts: ImageParts): DemoRoute => ({
	method: 'POST',
	path: /^\/images\/(.+)\/push$/,
	handle(request, [name = '']) {
		const reference = demoReference(name);
		const tag = request.query.get('tag') || reference.tag || 'latest';
		return {
			status: 200,
			contentType: 'application/json',
			stream: push(parts, reference.name, tag, request),
		};
	},
});

async function* push(
	parts: ImageParts,
	repository: string,
	tag: string,
	request: DemoRequest,
): AsyncGenerator<string> {
	const name = referenceText({name: repository, tag});
	yield encodeLines([{status: `The push refers to repository [${canonicalName(repository)}]`}]);
	const stored = parts.store.nameOf(name) === undefined ? undefined : parts.store.find(name);
	if (stored === undefined) {
		yield encodeLines([failureLine(`tag does not exist: ${name}`)]);
		return;
	}
	const refusal = refusalOf(repository, callerOfEngine(request));
	const layers = stored.image.layers.toReversed();
	for (const lines of pushSteps(layers, knownLayers(parts.store, repository))) {
		yield encodeLines(lines);
		if (refusal !== undefined) {
			yield encodeLines([failureLine(refusal)]);
			return;
		}
		await pause(parts.context.clock, stepMs, request.signal);
		if (request.signal.aborted) return;
	}
	yield encodeLines(pushed(parts, stored, repository, tag));
}

/** In which words a registry does not take it; `undefined` when it does. */
const refusalOf = (repository: string, caller: Caller): string | undefined => {
	const canonical = canonicalName(repository);
	const registry = registryOf(canonical);
	if (registry === undefined) {
		const host = canonical.split('/', 1)[0];
		return `Get "https://${host}/v2/": dial tcp: lookup ${host}: no such host`;
	}
	if (registry.login === 'none') return undefined;
	if (caller === 'stranger') return 'unauthorized: incorrect username or password';
	if (registry.login === 'basic') return caller === 'account' ? undefined : 'no basic auth credentials';
	const isOfficial = canonical.startsWith('docker.io/library/');
	return caller === 'account' && !isOfficial
		? undefined
		: 'denied: requested access to the resource is denied';
};

/** What an engine remembers of the layers that it has pulled or pushed: where in this registry they are. */
const knownLayers = (store: ImageStore, repository: string) => {
	const host = canonicalName(repository).split('/', 1)[0];
	const places = new Map<string, string[]>();
	for (const {image, digests} of store.all()) {
		const names = digests.map(repositoryOf).filter(name => canonicalName(name).split('/', 1)[0] === host);
		for (const {diffId} of image.layers)
			if (names.length > 0) places.set(diffId, [...(places.get(diffId) ?? []), ...names]);
	}
	return ({diffId}: DemoStackedLayer): KnownLayer => {
		const names = places.get(diffId) ?? [];
		const [other] = names;
		if (names.includes(repository)) return {kind: 'there'};
		if (other === undefined) return {kind: 'missing'};
		return {kind: 'elsewhere', path: canonicalName(other).split('/').slice(1).join('/')};
	};
};

const pushed = (
	{context, store, stock}: ImageParts,
	{image}: StoredImage,
	repository: string,
	tag: string,
) => {
	const digest = manifestDigest(image);
	const size = Buffer.byteLength(registryManifest(image));
	stock.put(repository, tag, image);
	store.addDigest(image.id, `${repository}@${digest}`);
	const id = `${repository}:${tag}`;
	context.emit({Type: 'image', Action: 'push', id, attributes: {...image.settings.labels, name: repository}});
	return [
		{status: `${tag}: digest: ${digest} size: ${size}`},
		{progressDetail: {}, aux: {Tag: tag, Digest: digest, Size: size}},
	];
};
