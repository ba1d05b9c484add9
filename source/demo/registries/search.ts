import {DemoError} from '../contract.ts';
import {booleanFilter} from '../filter-values.ts';
import {filters, integer} from '../http/query.ts';

type Result = readonly [name: string, description: string, stars: number];

/** Those without a slash are official. */
const known: readonly Result[] = [
	['nginx', 'Official build of Nginx.', 20_842],
	[
		'postgres',
		'The PostgreSQL object-relational database system provides reliability and data integrity.',
		14_391,
	],
	['node', 'Node.js is a JavaScript-based platform for server-side and networking applications.', 13_922],
	[
		'redis',
		'Redis is the world’s fastest data platform for caching, vector search, and NoSQL databases.',
		13_385,
	],
	['alpine', 'A minimal Docker image based on Alpine Linux with a complete package index.', 11_301],
	[
		'python',
		'Python is an interpreted, interactive, object-oriented, open-source programming language.',
		10_120,
	],
	[
		'debian',
		'Debian is a Linux distribution that’s composed entirely of free and open-source software.',
		5241,
	],
	['traefik', 'Traefik, The Cloud Native Edge Router', 3588],
	['busybox', 'Busybox base image.', 3417],
	['grafana/grafana', 'The official Grafana docker container', 3120],
	['memcached', 'Free & open source, high-performance, distributed memory object caching system.', 2391],
	['shop/web', 'The shop: web front end', 4],
	['shop/api', 'The shop: service', 2],
];

const word = /^[a-z\d]+(?:[-._][a-z\d]+)*$/;

/** What others have made of it. */
const inventedFor = (term: string): readonly Result[] => {
	const name = term.split('/').at(-1) ?? '';
	if (!word.test(name) || name.endsWith('missing')) return [];
	return [
		[`demo/${name}`, `${name}, built every night from the newest sources`, 212],
		[`demo/${name}-exporter`, `Prometheus exporter for ${name}: metrics on :9121/metrics`, 96],
		[`demo/${name}-backup`, `Scheduled, encrypted backups of ${name} to S3-compatible storage`, 41],
		[`demo/${name}-ja`, `${name} の日本語版イメージ。設定例と時刻帯 (Asia/Tokyo) を含みます`, 17],
		[`demo/${name}-debug`, '', 0],
	];
};

/** `GET /images/search`: something for every term that could be a name. @throws DemoError 400 */
export const search = (query: URLSearchParams) => {
	const limit = integer(query, 'limit') ?? 25;
	if (limit < 0 || limit > 100) throw new DemoError(400, `limit ${limit} is outside the range of [1, 100]`);
	const wanted = filters(query, ['is-automated', 'is-official', 'stars']);
	const official = booleanFilter(wanted, 'is-official');
	const stars = Number(wanted.get('stars')?.[0] ?? 0);
	const term = (query.get('term') ?? '').toLowerCase();
	const fitting = known.filter(([name, description]) =>
		`${name} ${description}`.toLowerCase().includes(term),
	);
	return [...fitting, ...inventedFor(term)]
		.map(([name, description, star_count]) => ({
			star_count,
			is_official: !name.includes('/'),
			name,
			is_automated: false,
			description,
		}))
		.filter(found => found.star_count >= stars && (official === undefined || official === found.is_official))
		.slice(0, limit || 25);
};
