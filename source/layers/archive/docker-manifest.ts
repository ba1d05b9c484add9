import {ArchiveError, type ImageConfig} from '../types.ts';
import type {Candidate} from './candidate.ts';
import {decodeImageConfig} from './config.ts';
import type {LayerBlob} from './contract.ts';
import {type ImageFiles, jsonFile, neededJson} from './image-files.ts';
import {hasLayers, platformOf} from './image-layers.ts';
import {isObject, type JsonObject, objectOf, pathOf, textOf, textsOf} from './json.ts';

/** In both shapes of an archive: `<hex>.json` and `blobs/sha256/<hex>`. */
const digestInName = (path: string): string | undefined => {
	const hex = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
	return hex === undefined ? undefined : `sha256:${hex}`;
};

/** @throws ArchiveError when manifest and configuration disagree */
const wantedLayers = (image: JsonObject, config: ImageConfig, path: string): readonly LayerBlob[] => {
	const paths = textsOf(image.Layers).map(pathOf);
	if (paths.length !== config.diffIds.length)
		throw new ArchiveError(
			'damaged',
			`manifest.json names ${paths.length} layers, ${path} has ${config.diffIds.length}`,
		);
	const sources = objectOf(image.LayerSources);
	return paths.map((blob, index) => {
		const diffId = config.diffIds[index] ?? '';
		const source = objectOf(sources[diffId]);
		return {diffId, blob, mediaType: textOf(source.mediaType), urls: textsOf(source.urls)};
	});
};

/**
 * The images that the `manifest.json` of `docker save` names (Docker image spec 1.2, "Combined Image JSON").
 * @throws ArchiveError
 */
export const dockerCandidates = async (value: unknown, files: ImageFiles): Promise<readonly Candidate[]> => {
	if (!Array.isArray(value) || !value.every(isObject))
		throw new ArchiveError('damaged', 'manifest.json: it is no list of images');
	return Promise.all(value.map(image => candidate(image, files)));
};

const candidate = async (image: JsonObject, files: ImageFiles): Promise<Candidate> => {
	const path = pathOf(image.Config);
	if (path === '') throw new ArchiveError('damaged', 'manifest.json: an image without configuration');
	const references = textsOf(image.RepoTags);
	const json = await jsonFile(files, path, digestInName(path));
	const config = json === undefined ? undefined : decodeImageConfig(json.value, path);
	const configDigest = json?.digest ?? digestInName(path) ?? '';
	return {
		references,
		configDigest,
		digests: [configDigest],
		platform: config === undefined ? '' : platformOf(config),
		isPresent: config !== undefined && (await hasLayers(wantedLayers(image, config, path), files)),
		async load() {
			const there = config ?? decodeImageConfig((await neededJson(files, path)).value, path);
			return {
				identity: {configDigest, references, platform: platformOf(there)},
				config: there,
				layers: wantedLayers(image, there, path),
			};
		},
	};
};
