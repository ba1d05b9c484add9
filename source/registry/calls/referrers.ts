import {record} from '../../engine/decode/read.ts';
import type {Asking, Question} from '../asking.ts';
import {parseJson} from '../decode/json.ts';
import {decodeManifest, isDigest, MalformedManifest, manifestTypes} from '../decode/manifest.ts';
import {nextPage} from '../decode/next-page.ts';
import {type Descriptor, RegistryError} from '../types.ts';
import {getManifest} from './manifests.ts';
import {manifestLabel, repositoryPath} from './paths.ts';

const mostBytes = 4 * 1024 * 1024;
const mostPages = 20;

/** What a registry without the API has in its place: OCI distribution, “referrers tag schema”. */
const byTag = async (
	asking: Asking,
	repository: string,
	digest: string,
	signal: AbortSignal,
): Promise<readonly Descriptor[]> => {
	try {
		const found = await getManifest(asking, repository, digest.replace(':', '-'), signal);
		return found.kind === 'index' ? found.manifests : [];
	} catch (error) {
		if (error instanceof RegistryError && error.kind === 'not-found') return [];
		throw error;
	}
};

const isMissing = (status: number): boolean => [400, 404, 405, 406, 501].includes(status);

/** @param memory whether this registry has the API, as far as that is known; it is asked once */
export const listReferrers = async (
	asking: Asking,
	repository: string,
	digest: string,
	signal: AbortSignal,
	memory: {hasApi?: boolean},
): Promise<readonly Descriptor[]> => {
	const {host} = asking;
	if (!isDigest(digest))
		throw new RegistryError('not-found', host, `${host}/${repository}: referrers are those of a digest`);
	if (memory.hasApi === false) return byTag(asking, repository, digest, signal);
	const base: Question = {
		method: 'GET',
		path: `${repositoryPath(host, repository)}/referrers/${digest}`,
		accept: manifestTypes[0],
		maxBytes: mostBytes,
		scope: `repository:${repository}:pull`,
		label: `${manifestLabel(host, repository, digest)}, referrers`,
	};
	const found: Descriptor[] = [];
	const seen = new Set<string>();
	let query: string | undefined = '';
	while (query !== undefined && !seen.has(query) && seen.size < mostPages) {
		seen.add(query);
		const answer = await asking.ask({...base, path: base.path + query}, signal);
		const json = parseJson(answer.body);
		if (isMissing(answer.status) || (answer.status === 200 && record(json).manifests === undefined)) {
			memory.hasApi = false;
			return byTag(asking, repository, digest, signal);
		}
		if (answer.status !== 200) throw asking.refusal(answer, base);
		memory.hasApi = true;
		found.push(...manifestsIn(json, base.label, host));
		query = nextPage(answer.headers.link, query);
	}
	return found;
};

const manifestsIn = (json: unknown, label: string, host: string): readonly Descriptor[] => {
	try {
		const own = {digest: '', sizeBytes: 0, mediaType: manifestTypes[0]};
		const index = decodeManifest({...record(json), mediaType: manifestTypes[0]}, own);
		return index.kind === 'index' ? index.manifests : [];
	} catch (error) {
		if (!(error instanceof MalformedManifest)) throw error;
		throw new RegistryError('protocol', host, `${label}: ${error.message}`, {cause: error});
	}
};
