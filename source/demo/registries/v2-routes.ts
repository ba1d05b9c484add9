import type {DemoReply, DemoRequest, DemoRoute} from '../contract.ts';
import {integer} from '../http/query.ts';
import {type Caller, callerOfBasic, callerOfToken, tokenFor} from './accounts.ts';
import {descriptorOf, indexType} from './documents.ts';
import {type DemoRegistry, nameAt, registryAt} from './registry-hosts.ts';
import type {RegistryStock} from './stock.ts';

const longestPage = 100;

type Json = Readonly<Record<string, unknown>>;

const refusal = (
	status: number,
	code: string,
	message: string,
	headers: Readonly<Record<string, string>> = {},
): DemoReply => ({status, headers, json: {errors: [{code, message, detail: null}]}});

/** Registries by the OCI distribution specification, and who gives out tokens for them. */
export const v2Routes = (stock: RegistryStock): readonly DemoRoute[] => {
	const answer = (request: DemoRequest, path: string): DemoReply => {
		const {host} = request.headers;
		const registry = registryAt(host);
		if (registry === undefined)
			return refusal(503, 'UNAVAILABLE', `there is no registry ${host} in this invented world`);
		return challenged(registry, request, path) ?? answerOf(stock, registry, request, path);
	};
	return [
		...(['GET', 'HEAD', 'DELETE'] as const).map(
			(method): DemoRoute => ({
				method,
				path: /^\/v2\/(.*)$/,
				handle: (request, [path = '']) => answer(request, path),
			}),
		),
		{method: 'GET', path: /^\/token$/, handle: giveToken},
	];
};

const giveToken = (request: DemoRequest): DemoReply => {
	const token = tokenFor(callerOfBasic(request));
	return token === undefined
		? {status: 401, json: {details: 'incorrect username or password'}}
		: {status: 200, json: {token, expires_in: 300}};
};

const callerAt = ({login}: DemoRegistry, request: DemoRequest): Caller | undefined =>
	typeof login === 'object' ? callerOfToken(request) : callerOfBasic(request);

/** What is answered to who must say first who asks. */
const challenged = (registry: DemoRegistry, request: DemoRequest, path: string): DemoReply | undefined => {
	const {login, isPrivate, host} = registry;
	if (login === 'none') return undefined;
	const caller = callerAt(registry, request);
	if (caller === 'account' || (caller === 'nobody' && !isPrivate)) return undefined;
	const [repository] = path.split(/\/(?:manifests|blobs|tags|referrers)\//, 1);
	const scope = path.includes('/') ? `,scope="repository:${repository}:pull"` : '';
	const challenge =
		login === 'basic' ? `Basic realm="${host}"` : `Bearer realm="${login.realm}",service="${host}"${scope}`;
	return refusal(401, 'UNAUTHORIZED', 'authentication required', {'WWW-Authenticate': challenge});
};

const places = /^(.+)\/(manifests|blobs|referrers)\/([^/]+)$/;

const answerOf = (
	stock: RegistryStock,
	registry: DemoRegistry,
	request: DemoRequest,
	path: string,
): DemoReply => {
	if (path === '') return {status: 200, json: {}};
	if (path === '_catalog') return catalog(stock, registry, request);
	const [, tagged] = /^(.+)\/tags\/list$/.exec(path) ?? [];
	if (tagged !== undefined) return tagList(stock, registry, request, tagged);
	const [, repository, kind, reference = ''] = places.exec(path) ?? [];
	if (repository === undefined) return refusal(404, 'NAME_UNKNOWN', 'page not found');
	const name = nameAt(registry, repository);
	if (request.method === 'DELETE') return removal(stock, registry, name, reference);
	switch (kind) {
		case 'manifests':
			return manifest(stock, registry, name, reference);
		case 'blobs': {
			const text = stock.blob(name, reference);
			if (text === undefined) return refusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
			return {status: 200, text, headers: {'Content-Type': 'application/octet-stream'}};
		}
		default:
			return referrers(stock, registry, name, reference);
	}
};

/** A part of a list, and where the next one is. */
const page = (all: readonly string[], {path, query}: DemoRequest, most: number) => {
	const length = Math.max(1, Math.min(integer(query, 'n') ?? most, most));
	const last = query.get('last') ?? '';
	const start = last === '' ? 0 : all.indexOf(last) + 1;
	const items = all.slice(start, start + length);
	const next = start + length < all.length ? encodeURIComponent(items.at(-1) ?? '') : undefined;
	const link = next === undefined ? {} : {Link: `<${path}?last=${next}&n=${length}>; rel="next"`};
	return {items, headers: link};
};

const catalog = (
	stock: RegistryStock,
	{hasCatalog, prefix}: DemoRegistry,
	request: DemoRequest,
): DemoReply => {
	if (!hasCatalog) return refusal(404, 'UNSUPPORTED', 'this registry has no catalog');
	const names = stock.names().filter(name => name.startsWith(prefix) && stock.tags(name).length > 0);
	const {items, headers} = page(
		names.map(name => name.slice(prefix.length)),
		request,
		longestPage,
	);
	return {status: 200, headers, json: {repositories: items}};
};

const unknownName = (name: string): DemoReply =>
	refusal(404, 'NAME_UNKNOWN', `repository ${name} not known to registry`);

const tagList = (
	stock: RegistryStock,
	registry: DemoRegistry,
	request: DemoRequest,
	repository: string,
): DemoReply => {
	const name = nameAt(registry, repository);
	if (!stock.hasRepository(name)) return unknownName(repository);
	const {items, headers} = page([...stock.tags(name)].sort(), request, 1000);
	return {status: 200, headers, json: {name: repository, tags: items.length === 0 ? null : items}};
};

const manifest = (
	stock: RegistryStock,
	{prefix}: DemoRegistry,
	name: string,
	reference: string,
): DemoReply => {
	const document = reference.includes(':')
		? stock.byDigest(name, reference)?.document
		: stock.byTag(name, reference)?.root;
	if (document === undefined) return refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
	const {text, mediaType, digest} = document;
	const limit = prefix === '' && {'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '87;w=21600'};
	return {
		status: 200,
		text,
		headers: {'Content-Type': mediaType, 'Docker-Content-Digest': digest, ...limit},
	};
};

const referrers = (
	stock: RegistryStock,
	{hasReferrers}: DemoRegistry,
	name: string,
	digest: string,
): DemoReply => {
	if (!hasReferrers) return refusal(404, 'UNSUPPORTED', 'page not found');
	const manifests = stock.referrers(name, digest).map((document): Json => {
		const {artifactType, annotations} = document;
		return {...descriptorOf(document), artifactType, annotations};
	});
	return {
		status: 200,
		text: JSON.stringify({schemaVersion: 2, mediaType: indexType, manifests}),
		headers: {'Content-Type': indexType},
	};
};

const removal = (
	stock: RegistryStock,
	{canDelete}: DemoRegistry,
	name: string,
	digest: string,
): DemoReply => {
	if (!canDelete) return refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
	return stock.remove(name, digest)
		? {status: 202, text: ''}
		: refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
};
