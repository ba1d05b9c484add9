import {DemoError, type DemoRoute} from '../contract.ts';
import {booleanFilter} from '../filter-values.ts';
import {filters, integer} from '../http/query.ts';
import {object, text} from '../http/read.ts';
import {findInRegistry} from './catalogue.ts';
import {manifestDigest, manifestType, registryManifest} from './manifest.ts';
import type {ImageParts} from './parts.ts';
import {demoReference} from './references.ts';

/** Name, description, stars; those without a slash are official. */
const repositories = [
	['nginx', 'Official build of Nginx.', 20_842],
	[
		'postgres',
		'The PostgreSQL object-relational database system provides reliability and data integrity.',
		14_391,
	],
	[
		'redis',
		'Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.',
		13_385,
	],
	['node', 'Node.js is a JavaScript-based platform for server-side and networking applications.', 13_922],
	['alpine', 'A minimal Docker image based on Alpine Linux with a complete package index.', 11_301],
	[
		'python',
		'Python is an interpreted, interactive, object-oriented, open-source programming language.',
		10_120,
	],
	['busybox', 'Busybox base image.', 3417],
	['grafana/grafana', 'The official Grafana docker container', 3120],
	['shop/web', 'The shop: web front end', 4],
	['shop/api', 'The shop: service', 2],
] as const;

/** `GET /images/search`, `GET /distribution/{name}/json` and `POST /auth`. */
export const registryRoutes = (parts: ImageParts): readonly DemoRoute[] => [
	{method: 'GET', path: /^\/images\/search$/, handle: ({query}) => ({status: 200, json: search(query)})},
	{
		method: 'GET',
		path: /^\/distribution\/(.+)\/json$/,
		handle(request, [name = '']) {
			const world = {now: parts.context.clock.now(), seed: parts.seed};
			const {image} = findInRegistry(demoReference(name), request, world);
			const size = Buffer.byteLength(registryManifest(image));
			return {
				status: 200,
				json: {
					Descriptor: {mediaType: manifestType, digest: manifestDigest(image), size},
					Platforms: [{architecture: 'amd64', os: 'linux'}],
				},
			};
		},
	},
	{
		method: 'POST',
		path: /^\/auth$/,
		async handle(request) {
			const account = object(await request.body());
			const host = text(account.serveraddress) || 'https://index.docker.io/v1/';
			if (!text(account.username) || text(account.password) === 'wrong')
				throw new DemoError(401, `login attempt to ${host} failed with status: 401 Unauthorized`);
			return {status: 200, json: {IdentityToken: '', Status: 'Login Succeeded'}};
		},
	},
];

const search = (query: URLSearchParams) => {
	const limit = integer(query, 'limit') ?? 25;
	if (limit < 0 || limit > 100) throw new DemoError(400, `limit ${limit} is outside the range of [1, 100]`);
	const wanted = filters(query, ['is-automated', 'is-official', 'stars']);
	const official = booleanFilter(wanted, 'is-official');
	const stars = Number(wanted.get('stars')?.[0] ?? 0);
	const term = query.get('term') ?? '';
	return repositories
		.map(([name, description, star_count]) => ({
			star_count,
			is_official: !name.includes('/'),
			name,
			is_automated: false,
			description,
		}))
		.filter(
			found =>
				`${found.name} ${found.description}`.toLowerCase().includes(term.toLowerCase()) &&
				found.star_count >= stars &&
				(official === undefined || official === found.is_official),
		)
		.slice(0, limit || 25);
};
