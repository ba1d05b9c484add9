import {generateImage} from '../images/generated-images.ts';
import {makeLayer} from '../images/layer.ts';
import {repositoryOf} from '../images/references.ts';
import type {WorldImage} from '../images/world-image.ts';
import {worldImages} from '../images/world-images.ts';
import {newerImages} from './newer-images.ts';

/** Repository → its tags, the newest first; `latest=1.2` is another name of the tag 1.2. */
const written: Readonly<Record<string, string>> = {
	nginx:
		'mainline=1.29.3 latest=1.29.3 1.29.3 1.29=1.29.3 1.29-alpine stable=1.28.0 1.28.0 1.28=1.28.0 1.28-alpine 1.27 1.27-alpine 1.26',
	postgres: 'latest=18 18 18-alpine 18-trixie 17 17-alpine 16 16-alpine 15 14',
	redis: 'latest=8.4 8.4 8-alpine 8 7.4 7-alpine 7 6',
	node: 'latest=25 25 25-slim lts=24 24 24-slim 24-alpine 22 22-slim 22-alpine',
	alpine: 'latest=3.22 edge 3.22 3.21 3.20 3.19',
	debian: 'latest=trixie trixie trixie-slim bookworm bookworm-slim sid',
	python: 'latest=3.14 3.14 3.14-slim 3.13 3.13-slim 3.13-alpine 3.12 3.12-slim',
	busybox: 'latest=1.37 1.37 1.37-musl 1.36 1.36-musl',
	memcached: 'latest=1.6 1.6 1.6-alpine',
	traefik: 'latest=3.6.2 3.6.2 3.5 3.4 2.11',
	'grafana/grafana': 'latest=12.3.0 12.3.0 12.2.1 12.0.0 11.6.0 11.3.0',
	'registry.example.com/platform/report-job':
		'latest=2026.11 2026.11 2026.10 2026.09 2026.08 2026.07 2026.06 2026.05 2026.04 2026.03 2026.02 2026.01',
	'registry.example.com/platform/gateway': 'latest=4.2.0 4.2.0 4.1.3 4.1.2 4.1.1 4.1.0 4.0.0 3.9.8',
	'registry.example.com/platform/mailer': 'latest=1.8.2 1.8.2 1.8.1 1.8.0 1.7.0',
	'registry.example.com/platform/huge-model': '1',
	'registry.example.com/shop/api': 'latest=1.14.0 1.14.0 1.13.2 1.13.1 1.13.0',
	'registry.example.com/shop/web': 'latest=2.4.0 2.4.0 2.3.9 2.3.8 2.3.7',
	'private.example.com/team/app': 'latest=1.1 1.1 1.0',
	'private.example.com/team/secrets-sync': 'latest=0.4.1 0.4.1 0.4.0',
	'private.example.com/translate/glossary': 'latest=2026-11 2026-11 2026-10',
	'private.example.com/translate/service': 'latest=3.3 3.3 3.2 3.1 3.0',
	'ghcr.io/example/otel-collector': 'latest=0.140.0 0.140.0 0.139.0',
	'ghcr.io/example/partner-connectors': 'latest=0.9 0.9 0.8 0.7',
};

const services = ['gateway', 'billing', 'mailer', 'search', 'ledger', 'catalogue', 'session', 'export'];
const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2', 'ap-northeast-1', 'sa-east-1'];

/** A registry that has grown: its list takes several answers. */
const grown = regions.flatMap(region =>
	services.flatMap(service =>
		['api', 'jobs', 'migrations', 'web', 'worker'].map(
			part => `registry.example.com/services/${region}/${service}-${part}`,
		),
	),
);

const usualTags = 'latest=1.2.0 1.2.0 1.1.0 1.0.0';

/** Whatever is searched for is found there. */
const isInvented = (name: string): boolean => /^demo\/[a-z\d]+([-._][a-z\d]+)*$/.test(name);

const ofWorld = new Set(worldImages.flatMap(({tags}) => tags.map(repositoryOf)));

/** Every repository that is in a registry from the start. */
export const shelvedNames: readonly string[] = [
	...new Set([...Object.keys(written), ...grown, ...ofWorld]),
].sort();

const known = new Set(shelvedNames);

type Entry = {readonly tag: string; readonly target: string};

const entriesOf = (name: string): readonly Entry[] => {
	if (!known.has(name) && !isInvented(name)) return [];
	const line = written[name] ?? (ofWorld.has(name) ? '' : usualTags);
	const listed = line
		.split(' ')
		.filter(Boolean)
		.map((item): Entry => {
			const [tag = '', target = tag] = item.split('=');
			return {tag, target};
		});
	const own = worldImages
		.flatMap(({tags}) => tags)
		.filter(reference => repositoryOf(reference) === name)
		.map(reference => reference.slice(name.length + 1))
		.filter(tag => !listed.some(entry => entry.tag === tag));
	return [...listed, ...own.map(tag => ({tag, target: tag}))];
};

export const isShelved = (name: string): boolean => known.has(name) || isInvented(name);

/** Whatever tag is asked for, it is there: a demo is to be played with. */
export const hasEveryTag = (name: string): boolean =>
	(known.has(name) && /^([^/]+|grafana\/.+|registry\.example\.com\/platform\/.+)$/.test(name)) ||
	name === 'private.example.com/team/app';

/** The tags that a repository has from the start. */
export const shelvedTags = (name: string): readonly string[] => entriesOf(name).map(({tag}) => tag);

const newestDays = 3;
const daysBetween = 24;

/** What a tag on the list is made of; `undefined` for one that is on none. */
export const shelvedRecipe = (name: string, tag: string, seed: number): WorldImage | undefined => {
	const entries = entriesOf(name);
	const entry = entries.find(each => each.tag === tag);
	const reference = `${name}:${entry?.target ?? tag}`;
	const own = [...newerImages, ...worldImages].find(({tags}) => tags.includes(reference));
	if (own !== undefined || entry === undefined) return own;
	const versions = [...new Set(entries.map(({target}) => target))];
	const ageDays = newestDays + daysBetween * versions.indexOf(entry.target);
	const sibling = isOfficial(name)
		? undefined
		: worldImages.find(({tags}) => tags.some(each => repositoryOf(each) === name));
	return {
		...(sibling === undefined ? generateImage(reference, seed) : versionOf(sibling, reference)),
		ageDays,
	};
};

/** Its versions have other programs in them. */
const isOfficial = (name: string): boolean => !name.includes('/');

/** Much like the version that is here: on the same layers. */
const versionOf = (image: WorldImage, reference: string): WorldImage => ({
	...image,
	tags: [reference],
	steps: [
		...image.steps,
		{
			createdBy: 'COPY release.json /etc/ # buildkit',
			layer: makeLayer({'etc/release.json': `{"image":"${reference}"}\n`, 'etc/changes.txt': 1}, 48_000),
		},
	],
});
