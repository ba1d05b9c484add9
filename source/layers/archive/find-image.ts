import {ArchiveError} from '../types.ts';
import {type Candidate, chosen} from './candidate.ts';
import type {ArchiveImage, ImageChoice} from './contract.ts';
import {dockerCandidates} from './docker-manifest.ts';
import {type ImageFiles, jsonFile} from './image-files.ts';
import {readLayers} from './image-layers.ts';
import {isObject} from './json.ts';
import {bareName, indexCandidates, layoutPath, manifestCandidate} from './oci-index.ts';

/**
 * The image in what was read, or the one that is chosen, with its layers checked.
 * @throws ArchiveError
 */
export const findImage = async (files: ImageFiles, choice: ImageChoice): Promise<ArchiveImage> => {
	const image = await describedImage(files, choice);
	return {...image, layers: await readLayers(image.layers, files)};
};

/**
 * As `findImage`, but the layers are as the manifest names them: not looked at, with links not followed.
 * @throws ArchiveError
 */
export const describedImage = async (files: ImageFiles, choice: ImageChoice): Promise<ArchiveImage> => {
	const found = await candidatesIn(files);
	if (found.length === 0) throw new ArchiveError('no-image', 'it names no image');
	const candidate = chosen(found, choice);
	const image = await candidate.load();
	const manifestDigest = image.identity.manifestDigest ?? candidate.manifestDigest;
	return manifestDigest === undefined ? image : {...image, identity: {...image.identity, manifestDigest}};
};

const candidatesIn = async (files: ImageFiles): Promise<readonly Candidate[]> => {
	const manifest = (await jsonFile(files, 'manifest.json'))?.value;
	const index = (await jsonFile(files, 'index.json'))?.value;
	if (manifest === undefined && index === undefined) throw await noImage(files);
	// `skopeo copy … dir:` leaves one manifest, and its blobs beside it.
	if (isObject(manifest) && index === undefined)
		return [
			await manifestCandidate(
				manifest,
				'manifest.json',
				{references: [], digests: [], platform: ''},
				{files, blobPath: bareName},
			),
		];
	const place = {files, blobPath: layoutPath};
	if (manifest === undefined) return indexCandidates(index, place);
	const docker = await dockerCandidates(manifest, files);
	return index === undefined ? docker : merged(docker, await indexCandidates(index, place));
};

/** Engines from 25 on write both: what is in the one may have another name, or not be, in the other. */
const merged = (docker: readonly Candidate[], oci: readonly Candidate[]): readonly Candidate[] => {
	const same = (one: Candidate) => oci.find(other => other.configDigest === one.configDigest);
	const known = new Set(docker.map(one => one.configDigest));
	return [
		...docker.map(one => {
			const other = same(one);
			if (other === undefined) return one;
			const {manifestDigest} = other;
			return {
				...one,
				digests: [...new Set([...one.digests, ...other.digests])],
				...(manifestDigest === undefined ? {} : {manifestDigest}),
			};
		}),
		...oci.filter(one => one.isPresent && !known.has(one.configDigest)),
	];
};

const noImage = async (files: ImageFiles): Promise<ArchiveError> => {
	if (await files.has('repositories'))
		return new ArchiveError(
			'unsupported',
			'no manifest.json is in it: a Docker before 1.10 saved it so, which is not supported',
		);
	return new ArchiveError('no-image', 'no image is in it: neither manifest.json nor index.json');
};
