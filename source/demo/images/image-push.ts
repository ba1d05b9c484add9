import type {DemoRequest, DemoRoute} from '../contract.ts';
import {pause} from '../pause.ts';
import {hasAccount} from './catalogue.ts';
import type {StoredImage} from './image-store.ts';
import {manifestDigest, registryManifest} from './manifest.ts';
import type {ImageParts} from './parts.ts';
import {canonicalName, demoReference, referenceText, repositoryOf} from './references.ts';
import {encodeLines, failureLine, layerLine} from './transfer-lines.ts';

const stepMs = 100;
const stepsPerLayer = 5;

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
	const layers = stored.image.layers.toReversed();
	yield encodeLines(layers.map(layer => layerLine(layer.diffId, 'Preparing')));
	if (!mayPush(repository, request)) {
		yield encodeLines([failureLine('denied: requested access to the resource is denied')]);
		return;
	}
	const isThere = stored.digests.some(digest => repositoryOf(digest) === repository);
	for (const {diffId, sizeBytes} of layers) {
		for (let step = 1; step <= stepsPerLayer && !isThere; step += 1) {
			const current = Math.round((sizeBytes * step) / stepsPerLayer);
			yield encodeLines([layerLine(diffId, 'Pushing', {current, total: sizeBytes})]);
			await pause(parts.context.clock, stepMs, request.signal);
			if (request.signal.aborted) return;
		}
		yield encodeLines([layerLine(diffId, isThere ? 'Layer already exists' : 'Pushed')]);
	}
	yield encodeLines(pushed(parts, stored, repository, tag));
}

/** The default registry and private ones ask for an account, others take everything. */
const mayPush = (repository: string, request: DemoRequest): boolean =>
	hasAccount(request) || !/^(docker\.io|private\.example\.com)\//.test(canonicalName(repository));

const pushed = ({context, store}: ImageParts, {image}: StoredImage, repository: string, tag: string) => {
	const digest = manifestDigest(image);
	const size = Buffer.byteLength(registryManifest(image));
	store.addDigest(image.id, `${repository}@${digest}`);
	const id = `${repository}:${tag}`;
	context.emit({Type: 'image', Action: 'push', id, attributes: {...image.settings.labels, name: repository}});
	return [
		{status: `${tag}: digest: ${digest} size: ${size}`},
		{progressDetail: {}, aux: {Tag: tag, Digest: digest, Size: size}},
	];
};
