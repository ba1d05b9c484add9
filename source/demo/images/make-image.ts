import type {DemoImageSettings} from '../contract.ts';
import type {
	DemoHistoryStep,
	DemoImage,
	DemoImageRecipe,
	DemoPlatform,
	DemoStackedLayer,
} from './image-types.ts';
import {sha256} from './layer.ts';

/** An image out of its steps, as `docker build` makes it: its id is the digest of its configuration. */
export const makeImage = (recipe: DemoImageRecipe): DemoImage => {
	const history: DemoHistoryStep[] = [];
	const layers: DemoStackedLayer[] = [];
	for (const {createdBy, layer, createdAt, comment} of recipe.steps) {
		const stacked = layer && {...layer, chainId: chainIdOf(layers.at(-1)?.chainId, layer.diffId)};
		if (stacked !== undefined) layers.push(stacked);
		history.push({
			createdBy,
			createdAt: createdAt ?? recipe.createdAt,
			comment: comment ?? 'buildkit.dockerfile.v0',
			layer: stacked,
		});
	}

	const settings = {...noSettings, ...recipe.settings};
	const configJson = JSON.stringify(configurationOf(recipe, settings, history, layers));
	return {
		id: sha256(configJson),
		configJson,
		createdAt: recipe.createdAt,
		settings,
		layers,
		history,
		sizeBytes: layers.reduce((sum, layer) => sum + layer.sizeBytes, 0),
		platform: recipe.platform ?? usualPlatform,
	};
};

const usualPlatform: DemoPlatform = {os: 'linux', architecture: 'amd64'};

/** What an image of nothing begins with. */
export const noSettings: DemoImageSettings = {
	command: [],
	entrypoint: [],
	environment: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
	workingDirectory: '',
	user: '',
	exposedPorts: [],
	volumes: [],
	labels: {},
};

const chainIds = new Map<string, string>();

/** Remembered: thousands of images share their lower layers. */
export const chainIdOf = (parent: string | undefined, diffId: string): string => {
	if (parent === undefined) return diffId;
	const chain = `${parent} ${diffId}`;
	const known = chainIds.get(chain) ?? sha256(chain);
	chainIds.set(chain, known);
	return known;
};

/** `application/vnd.oci.image.config.v1+json`. */
const configurationOf = (
	{createdAt, more, platform = usualPlatform}: DemoImageRecipe,
	settings: DemoImageSettings,
	history: readonly DemoHistoryStep[],
	layers: readonly DemoStackedLayer[],
) => {
	const created = new Date(createdAt).toISOString();
	return {
		architecture: platform.architecture,
		...(platform.variant !== undefined && {variant: platform.variant}),
		config: {...imageConfigOf(settings), ...more},
		created,
		history: history.map(step => ({
			created: new Date(step.createdAt).toISOString(),
			created_by: step.createdBy,
			comment: step.comment,
			...(step.layer === undefined && {empty_layer: true}),
		})),
		os: platform.os,
		rootfs: {type: 'layers', diff_ids: layers.map(layer => layer.diffId)},
	};
};

/** The settings as an image's configuration has them: what is empty is left out. */
const imageConfigOf = (settings: DemoImageSettings) => ({
	...(settings.user !== '' && {User: settings.user}),
	...(settings.exposedPorts.length > 0 && {ExposedPorts: keysOf(settings.exposedPorts)}),
	Env: settings.environment,
	...(settings.entrypoint.length > 0 && {Entrypoint: settings.entrypoint}),
	...(settings.command.length > 0 && {Cmd: settings.command}),
	...(settings.volumes.length > 0 && {Volumes: keysOf(settings.volumes)}),
	...(settings.workingDirectory !== '' && {WorkingDir: settings.workingDirectory}),
	...(Object.keys(settings.labels).length > 0 && {Labels: settings.labels}),
	...(settings.stopSignal !== undefined && {StopSignal: settings.stopSignal}),
});

/** Go's set of strings in JSON. */
export const keysOf = (names: readonly string[]): Readonly<Record<string, Record<string, never>>> =>
	Object.fromEntries(names.map(name => [name, {}]));
