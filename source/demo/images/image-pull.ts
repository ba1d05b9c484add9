import {DemoError, type DemoRequest, type DemoRoute} from '../contract.ts';
import {pause} from '../pause.ts';
import {type Found, findInRegistry} from './catalogue.ts';
import {manifestDigest} from './manifest.ts';
import type {ImageParts} from './parts.ts';
import {pullSteps} from './pull-steps.ts';
import {canonicalName, type DemoReference, demoReference, referenceText} from './references.ts';
import {encodeLines, failureLine} from './transfer-lines.ts';

const stepMs = 100;

/** `POST /images/create?fromImage=`. Nothing is stored when the client leaves before the end. */
export const pullRoute = (parts: ImageParts): DemoRoute => ({
	method: 'POST',
	path: /^\/images\/create$/,
	handle(request) {
		const reference = referenceOf(request.query);
		const world = {now: parts.context.clock.now(), seed: parts.seed};
		const found = findInRegistry(reference, request, world);
		return {
			status: 200,
			contentType: 'application/json',
			stream: pull(parts, reference, found, request.signal),
		};
	},
});

/** `tag` may be a digest, and `fromImage` may hold either. */
const referenceOf = (query: URLSearchParams): DemoReference => {
	const from = query.get('fromImage') ?? '';
	const tag = query.get('tag') ?? '';
	if (from === '') throw new DemoError(400, 'this engine pulls images and does not import them');
	return demoReference(tag === '' ? from : `${from}${tag.includes(':') ? '@' : ':'}${tag}`);
};

async function* pull(
	parts: ImageParts,
	reference: DemoReference,
	{image, failure}: Found,
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
	const digest = manifestDigest(image);
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
