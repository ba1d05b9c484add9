import {ArchiveError} from '../types.ts';
import type {Candidate} from './candidate.ts';
import {decodeImageConfig} from './config.ts';
import type {ArchiveImage, LayerBlob} from './contract.ts';
import {checkedJson, type ImageFiles} from './image-files.ts';
import {layerBlobs, platformOf} from './image-layers.ts';
import {isObject, objectOf, textOf, textsOf} from './json.ts';

/** In both shapes of an archive: `<hex>.json` and `blobs/sha256/<hex>`. */
const digestInName = (path: string): string | undefined => {
	const hex = /(?:^|\/)([0-9a-f]{64})(?:\.json)?$/.exec(path)?.[1];
	return hex === undefined ? undefined : `sha256:${hex}`;
};

/**
 * The images that `manifest.json` of `docker save` names.
 * @throws ArchiveError
 */
export const dockerCandidates = (value: unknown, files: ImageFiles): readonly Candidate[] => {
	if (!Array.isArray(value) || !value.every(isObject))
		throw new ArchiveError('damaged', 'manifest.json: it is no list of images');
	return value.map(image => {
		const path = textOf(image.Config);
		const digest = digestInName(path);
		const found = files.find(path);
		const load = (): ArchiveImage => {
			if (path === '') throw new ArchiveError('damaged', 'manifest.json: an image without configuration');
			const json = checkedJson(files, path, digest);
			const config = decodeImageConfig(json.value, path);
			const sources = objectOf(image.LayerSources);
			const paths = textsOf(image.Layers);
			if (paths.length !== config.diffIds.length)
				throw new ArchiveError(
					'damaged',
					`manifest.json names ${paths.length} layers, ${path} has ${config.diffIds.length}`,
				);
			const wanted = paths.map((blob, index): LayerBlob => {
				const diffId = config.diffIds[index] ?? '';
				const source = objectOf(sources[diffId]);
				return {diffId, blob, mediaType: textOf(source.mediaType), urls: textsOf(source.urls)};
			});
			return {
				identity: {
					configDigest: json.digest,
					references: textsOf(image.RepoTags),
					platform: platformOf(config),
				},
				config,
				layers: layerBlobs(wanted, files),
			};
		};
		return {
			references: textsOf(image.RepoTags),
			digests: digest === undefined ? [] : [digest],
			platform: platformIn(path, digest, files),
			isPresent: found !== undefined,
			load,
		};
	});
};

const platformIn = (path: string, digest: string | undefined, files: ImageFiles): string => {
	try {
		return platformOf(decodeImageConfig(checkedJson(files, path, digest).value, path));
	} catch (error) {
		if (error instanceof ArchiveError) return '';
		throw error;
	}
};
