import {DemoError, type DemoImageSettings} from '../contract.ts';
import {number, object, text, textMap, texts, truth} from '../http/read.ts';
import type {DemoHistoryStep, DemoImage, DemoLayer, DemoStackedLayer} from './image-types.ts';
import {sha256} from './layer.ts';
import {chainIdOf} from './make-image.ts';

/**
 * An image out of its stored configuration and layers.
 * @param layers lowest first
 * @throws DemoError when they are not those that the configuration names
 */
export const imageFromConfig = (configJson: string, layers: readonly DemoLayer[]): DemoImage => {
	const config = object(JSON.parse(configJson));
	const stacked = stackedLayers(texts(object(config.rootfs).diff_ids), layers);
	const variant = text(config.variant);
	return {
		id: sha256(configJson),
		configJson,
		createdAt: momentOf(config.created),
		settings: settingsOf(object(config.config)),
		layers: stacked,
		history: historyOf(config.history, stacked),
		sizeBytes: stacked.reduce((sum, layer) => sum + layer.sizeBytes, 0),
		platform: {
			os: text(config.os) ?? 'linux',
			architecture: text(config.architecture) ?? 'amd64',
			...(variant !== undefined && {variant}),
		},
	};
};

const momentOf = (value: unknown): number => Date.parse(text(value) ?? '') || 0;

const stackedLayers = (
	diffIds: readonly string[],
	layers: readonly DemoLayer[],
): readonly DemoStackedLayer[] => {
	if (diffIds.length !== layers.length) throw new DemoError(500, 'invalid manifest, layers length mismatch');
	const stacked: DemoStackedLayer[] = [];
	for (const [index, layer] of layers.entries()) {
		if (diffIds[index] !== layer.diffId)
			throw new DemoError(
				500,
				`invalid diffID for layer ${index}: expected "${diffIds[index]}", got "${layer.diffId}"`,
			);
		stacked.push({...layer, chainId: chainIdOf(stacked.at(-1)?.chainId, layer.diffId)});
	}
	return stacked;
};

const historyOf = (value: unknown, layers: readonly DemoStackedLayer[]): readonly DemoHistoryStep[] => {
	const left = [...layers];
	const steps = (Array.isArray(value) ? value : []).map(object).map(
		(step): DemoHistoryStep => ({
			createdBy: text(step.created_by) ?? '',
			createdAt: momentOf(step.created),
			comment: text(step.comment) ?? '',
			layer: truth(step.empty_layer) ? undefined : left.shift(),
		}),
	);
	return steps;
};

const settingsOf = (config: ReturnType<typeof object>): DemoImageSettings => {
	const stopSignal = text(config.StopSignal);
	return {
		command: texts(config.Cmd),
		entrypoint: texts(config.Entrypoint),
		environment: texts(config.Env),
		workingDirectory: text(config.WorkingDir) ?? '',
		user: text(config.User) ?? String(number(config.User) ?? ''),
		exposedPorts: Object.keys(object(config.ExposedPorts)),
		volumes: Object.keys(object(config.Volumes)),
		labels: textMap(config.Labels),
		...(stopSignal !== undefined && {stopSignal}),
	};
};
