import {DemoError, type DemoRequest, type DemoRoute} from '../contract.ts';
import {pause} from '../pause.ts';
import {type Found, findInRegistry, tagsInRegistry} from './catalogue.ts';
import {importImage} from './image-import.ts';
import type {ImageParts} from './parts.ts';
import {pullSteps} from './pull-steps.ts';
import {canonicalName, type DemoReference, demoReference, referenceText} from './references.ts';
import {encodeLines, failureLine} from './transfer-lines.ts';

const stepMs = 100;

/** `POST /images/create`: pulls with `fromImage`, imports with `fromSrc`. Nothing is stored when the client leaves before the end. */
export const pullRoute = (parts: ImageParts): DemoRoute => ({
	method: 'POST',
	path: /^\/images\/create$/,
	handle(request) {
		if (request.query.has('fromSrc')) return importImage(parts, request);
		const references = referencesOf(request.query, parts);
		const wanted = references.map(reference => ({reference, found: findToPull(parts, reference, request)}));
		return {
			status: 200,
			contentType: 'application/json',
			stream: pullAll(parts, wanted, request.signal),
		};
	},
});

/** @throws DemoError in the engine's words, for what the invented registries do not give */
export const findToPull = (parts: ImageParts, reference: DemoReference, request: DemoRequest): Found =>
	findInRegistry(reference, request, parts.stock);

async function* pullAll(
	parts: ImageParts,
	wanted: readonly {readonly reference: DemoReference; readonly found: Found}[],
	signal: AbortSignal,
): AsyncGenerator<string> {
	for (const {reference, found} of wanted) yield* pull(parts, reference, found, signal);
}

/** `tag` may be a digest, and `fromImage` may hold either; without both, all tags of the repository. */
const referencesOf = (query: URLSearchParams, {stock}: ImageParts): readonly DemoReference[] => {
	const from = query.get('fromImage') ?? '';
	const tag = query.get('tag') ?? '';
	if (from === '') throw new DemoError(400, 'there is no image to pull');
	const reference = demoReference(tag === '' ? from : `${from}${tag.includes(':') ? '@' : ':'}${tag}`);
	if (reference.tag !== undefined || reference.digest !== undefined) return [reference];
	return tagsInRegistry(reference.name, stock).map(each => ({...reference, tag: each}));
};

export async function* pull(
	parts: ImageParts,
	reference: DemoReference,
	{image, digest, failure}: Found,
	signal: DemoRequest['signal'],
): AsyncGenerator<string> {
	const {clock} = parts.context;
	const name = referenceText(reference);
	const path = canonicalName(reference.name).split('/').slice(1).join('/');
	yield encodeLines([{status: `Pulling from ${path}`, id: reference.digest ?? reference.tag ?? 'latest'}]);
	const isNew = parts.store.get(image.id) === undefined;
	const chains = new Map(image.layers.map(layer => [layer.diffId, layer.chainId]));
	const steps = isNew
		? [...pullSteps(image.layers, layer => parts.store.usersOf(chains.get(layer.diffId) ?? '') > 0)]
		: [];
	for (const lines of failure === undefined ? steps : steps.slice(0, steps.length / 2)) {
		yield encodeLines(lines);
		await pause(clock, stepMs, signal);
		if (signal.aborted) return;
	}

	if (failure !== undefined) {
		yield encodeLines([failureLine(failure)]);
		return;
	}
	const isKnown = parts.store.nameOf(name) !== undefined && parts.store.find(name)?.image.id === image.id;
	parts.store.add(image);
	parts.store.addDigest(image.id, `${reference.name}@${digest}`);
	if (reference.digest === undefined) parts.store.tag(image.id, name, clock.now());
	parts.context.emit({
		Type: 'image',
		Action: 'pull',
		id: name,
		attributes: {...image.settings.labels, name: reference.name},
	});
	const status = isKnown ? 'Image is up to date' : 'Downloaded newer image';
	yield encodeLines([{status: `Digest: ${digest}`}, {status: `Status: ${status} for ${name}`}]);
}
