import {createHash} from 'node:crypto';
import {once} from 'node:events';
import {createServer, type IncomingHttpHeaders, type RequestListener} from 'node:http';
import {createServer as createTlsServer, type ServerOptions} from 'node:https';
import type {Socket} from 'node:net';

export type FakeRequest = {
	readonly method: string;
	readonly url: URL;
	readonly headers: IncomingHttpHeaders;
	readonly body: string;
	/** Of the other side: one is one connection. */
	readonly port: number;
};

export type FakeAnswer = {
	/** 200 when absent. */
	readonly status?: number;
	readonly headers?: Readonly<Record<string, string | readonly string[]>>;
	/** What is no text and no bytes goes out as JSON. */
	readonly body?: unknown;
	/** The connection breaks after so many bytes of the body, of which all were announced. */
	readonly cutAfter?: number;
	/** The connection breaks before anything is answered. */
	readonly isDropped?: boolean;
	/** Nothing comes until this is kept. */
	readonly after?: Promise<unknown>;
};

/** `undefined`: 404 as a web server says it. */
export type FakeAnswers = (request: FakeRequest) => FakeAnswer | undefined | Promise<FakeAnswer | undefined>;

export type FakeRegistry = AsyncDisposable & {
	/** `127.0.0.1:port`. */
	readonly address: string;
	/** All that was asked, the first one first. */
	readonly requests: readonly FakeRequest[];
	/** `METHOD path?query` of each. */
	readonly asked: () => readonly string[];
};

const bytesOf = (body: unknown): Buffer => {
	if (body === undefined) return Buffer.alloc(0);
	if (Buffer.isBuffer(body)) return body;
	return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
};

/** A registry that answers whatever the test wants: what real ones do seldom. */
export const openFakeRegistry = async (
	answers: FakeAnswers,
	tls?: Pick<ServerOptions, 'cert' | 'key' | 'ca' | 'requestCert'>,
): Promise<FakeRegistry> => {
	const requests: FakeRequest[] = [];
	const sockets = new Set<Socket>();

	const listener: RequestListener = async (incoming, response) => {
		const body = Buffer.concat(await incoming.toArray()).toString();
		const {method = '', headers} = incoming;
		const port = incoming.socket.remotePort ?? 0;
		const request = {
			method,
			url: new URL(incoming.url ?? '/', `http://${headers.host}`),
			headers,
			body,
			port,
		};
		requests.push(request);
		const answer = (await answers(request)) ?? {status: 404, body: '404 page not found\n'};
		await answer.after;
		if (answer.isDropped) {
			incoming.socket.destroy();
			return;
		}
		const bytes = bytesOf(answer.body);
		response.writeHead(answer.status ?? 200, {
			'content-length': String(bytes.length),
			...(answer.headers as Record<string, string>),
		});
		if (method === 'HEAD') response.end();
		else if (answer.cutAfter === undefined) response.end(bytes);
		else response.write(bytes.subarray(0, answer.cutAfter), () => response.destroy());
	};

	const server =
		tls === undefined
			? createServer(listener)
			: createTlsServer({...tls, rejectUnauthorized: true}, listener);
	server.on('connection', (socket: Socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('the registry has no port');
	return {
		address: `127.0.0.1:${address.port}`,
		requests,
		asked: () => requests.map(({method, url}) => `${method} ${url.pathname}${url.search}`),
		[Symbol.asyncDispose]: async () => {
			for (const socket of sockets) socket.destroy();
			server.close();
			await once(server, 'close');
		},
	};
};

/** One answer to everything but the ping. */
export const always =
	(answer: FakeAnswer): FakeAnswers =>
	({url}) =>
		url.pathname === '/v2/' ? {body: {}} : answer;

/** A refusal as registries write it. */
export const refusing = (
	status: number,
	code: string,
	message: string,
	headers: Readonly<Record<string, string>> = {},
): FakeAnswer => ({
	status,
	headers: {'content-type': 'application/json', ...headers},
	body: {errors: [{code, message, detail: null}]},
});

export const sha256 = (bytes: Buffer | string): string =>
	`sha256:${createHash('sha256').update(bytes).digest('hex')}`;

type Stock = {
	/** Tags by the name of the repository. */
	readonly repositories: Readonly<Record<string, readonly string[]>>;
	/** Names on a page; all when absent. */
	readonly pageSize?: number;
};

const configFor = (name: string): Buffer =>
	Buffer.from(
		JSON.stringify({
			architecture: 'amd64',
			os: 'linux',
			created: '2026-01-02T03:04:05Z',
			config: {Labels: {name}},
			history: [{created_by: 'COPY . /'}, {created_by: 'CMD ["run"]', empty_layer: true}],
		}),
	);

const imageType = 'application/vnd.oci.image.manifest.v1+json';

/** The manifest that stands behind a tag of `holding`. */
export const fakeManifest = (
	repository: string,
	tag: string,
): {readonly bytes: Buffer; readonly digest: string} => {
	const config = configFor(`${repository}:${tag}`);
	const bytes = Buffer.from(
		JSON.stringify({
			schemaVersion: 2,
			mediaType: imageType,
			config: {
				mediaType: 'application/vnd.oci.image.config.v1+json',
				digest: sha256(config),
				size: config.length,
			},
			layers: [
				{
					mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
					digest: sha256(`layer of ${repository}:${tag}`),
					size: 1_234_567,
				},
			],
			annotations: {'org.opencontainers.image.version': tag},
		}),
	);
	return {bytes, digest: sha256(bytes)};
};

const page = (
	key: string,
	all: readonly string[],
	{url}: FakeRequest,
	pageSize: number | undefined,
): FakeAnswer => {
	const last = url.searchParams.get('last');
	const start = last === null ? 0 : all.indexOf(last) + 1;
	const items = all.slice(start, pageSize === undefined ? undefined : start + pageSize);
	const end = items.at(-1);
	const hasMore = end !== undefined && start + items.length < all.length;
	return {
		body: {[key]: items},
		headers: {
			'content-type': 'application/json',
			...(hasMore
				? {link: `<${url.pathname}?last=${encodeURIComponent(end)}&n=${pageSize}>; rel="next"`}
				: {}),
		},
	};
};

/** Answers like a registry that has these repositories and tags; each tag is an image of its own. Deletes nothing. */
export const holding = ({repositories, pageSize}: Stock): FakeAnswers => {
	const blobs = new Map<string, Buffer>();
	return request => {
		const {pathname} = request.url;
		if (pathname === '/v2/') return {body: {}};
		if (pathname === '/v2/_catalog')
			return page('repositories', Object.keys(repositories), request, pageSize);
		const [, name = '', kind = '', reference = ''] =
			/^\/v2\/(.+)\/(tags|manifests|blobs)\/([^/]+)$/.exec(pathname) ?? [];
		const tags = repositories[name];
		if (tags === undefined) return refusing(404, 'NAME_UNKNOWN', 'repository name not known to registry');
		if (kind === 'tags') return page('tags', tags, request, pageSize);
		if (kind === 'blobs') {
			const body = blobs.get(reference);
			return body === undefined ? refusing(404, 'BLOB_UNKNOWN', 'blob unknown to registry') : {body};
		}
		const tag = tags.includes(reference)
			? reference
			: tags.find(each => fakeManifest(name, each).digest === reference);
		if (tag === undefined) return refusing(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
		const {bytes, digest} = fakeManifest(name, tag);
		const config = configFor(`${name}:${tag}`);
		blobs.set(sha256(config), config);
		return {body: bytes, headers: {'content-type': imageType, 'docker-content-digest': digest}};
	};
};
