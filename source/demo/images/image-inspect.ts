import {createHash} from 'node:crypto';
import type {DemoImageSettings, DemoRoute} from '../contract.ts';
import {object} from '../http/read.ts';
import {stampOrNever} from '../timestamp.ts';
import type {StoredImage} from './image-store.ts';
import type {DemoHistoryStep, DemoImage} from './image-types.ts';
import {keysOf} from './make-image.ts';
import type {ImageParts} from './parts.ts';

/** `GET /images/{name}/json` and `/images/{name}/history`. */
export const inspectRoutes = ({store}: ImageParts): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/images\/(.+)\/json$/,
		handle: ({apiMinor}, [name = '']) => ({status: 200, json: inspectionOf(store.require(name), apiMinor)}),
	},
	{
		method: 'GET',
		path: /^\/images\/(.+)\/history$/,
		handle: (_request, [name = '']) => ({status: 200, json: historyOf(store.require(name))}),
	},
];

const inspectionOf = ({image, tags, digests, taggedAt}: StoredImage, apiMinor: number) => ({
	Id: image.id,
	RepoTags: tags,
	RepoDigests: digests,
	Parent: '',
	Comment: image.history.at(-1)?.comment ?? '',
	Created: new Date(image.createdAt).toISOString(),
	DockerVersion: '',
	Author: '',
	Config: {...configOf(image.settings), ...moreOf(image)},
	Architecture: image.platform.architecture,
	...(image.platform.variant !== undefined && {Variant: image.platform.variant}),
	Os: image.platform.os,
	Size: image.sizeBytes,
	...(apiMinor < 44 && {VirtualSize: image.sizeBytes}),
	GraphDriver: {Name: 'overlay2', Data: foldersOf(image)},
	RootFS: {Type: 'layers', Layers: image.layers.map(layer => layer.diffId)},
	Metadata: {LastTagTime: stampOrNever(taggedAt === 0 ? undefined : taggedAt)},
});

const configOf = (settings: DemoImageSettings) => ({
	User: settings.user,
	...(settings.exposedPorts.length > 0 && {ExposedPorts: keysOf(settings.exposedPorts)}),
	Env: listOrNull(settings.environment),
	Cmd: listOrNull(settings.command),
	Volumes: settings.volumes.length > 0 ? keysOf(settings.volumes) : null,
	WorkingDir: settings.workingDirectory,
	Entrypoint: listOrNull(settings.entrypoint),
	OnBuild: null,
	Labels: Object.keys(settings.labels).length > 0 ? settings.labels : null,
	...(settings.stopSignal !== undefined && {StopSignal: settings.stopSignal}),
});

/** What the stored configuration says besides: a health check, for example. */
const moreOf = ({configJson}: DemoImage) => object(object(JSON.parse(configJson)).config);

const listOrNull = (items: readonly string[]): readonly string[] | null => (items.length > 0 ? items : null);

/** Where overlay2 keeps the topmost layer, and those under it. */
const foldersOf = (image: DemoImage) => {
	const folderOf = (chainId: string, name: string) =>
		`/var/lib/docker/overlay2/${createHash('sha256').update(`folder of ${chainId}`).digest('hex')}/${name}`;
	const [top = '', ...lower] = image.layers.map(layer => layer.chainId).reverse();
	return {
		...(lower.length > 0 && {LowerDir: lower.map(chainId => folderOf(chainId, 'diff')).join(':')}),
		MergedDir: folderOf(top, 'merged'),
		UpperDir: folderOf(top, 'diff'),
		WorkDir: folderOf(top, 'work'),
	};
};

/** Newest step first; only the last step has an id and tags. */
const historyOf = ({image, tags}: StoredImage) =>
	image.history.toReversed().map((step: DemoHistoryStep, index) => ({
		Comment: step.comment,
		Created: Math.floor(step.createdAt / 1000),
		CreatedBy: step.createdBy,
		Id: index === 0 ? image.id : '<missing>',
		Size: step.layer?.sizeBytes ?? 0,
		Tags: index === 0 && tags.length > 0 ? tags : null,
	}));
