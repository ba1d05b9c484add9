import type {HealthCheck, HistoryStep, ImageConfig} from '../types.ts';
import {ArchiveError} from '../types.ts';
import {isObject, type JsonObject, listOf, objectOf, textOf, textsOf, timeOf} from './json.ts';

const isDigest = (value: unknown): value is string =>
	typeof value === 'string' && /^[a-z0-9+._-]+:[0-9a-f]{32,}$/.test(value);

const keysOf = (value: unknown): readonly string[] => Object.keys(objectOf(value));

const milliseconds = (value: unknown): number => (typeof value === 'number' ? value / 1e6 : 0);

const healthCheck = (value: unknown): HealthCheck | undefined => {
	if (!isObject(value)) return undefined;
	return {
		test: textsOf(value.Test),
		intervalMs: milliseconds(value.Interval),
		timeoutMs: milliseconds(value.Timeout),
		startPeriodMs: milliseconds(value.StartPeriod),
		retries: typeof value.Retries === 'number' ? value.Retries : 0,
	};
};

const historyStep = (value: unknown): HistoryStep => {
	const step = objectOf(value);
	const createdAt = timeOf(step.created);
	return {
		createdBy: textOf(step.created_by),
		comment: textOf(step.comment),
		...(createdAt === undefined ? {} : {createdAt}),
		isEmpty: step.empty_layer === true,
	};
};

const labels = (value: unknown): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(objectOf(value)).map(([key, text]) => [key, textOf(text)]));

/** @param run the object `config` */
const runDefaults = (run: JsonObject) => {
	const health = healthCheck(run.Healthcheck);
	return {
		env: textsOf(run.Env),
		...(Array.isArray(run.Entrypoint) ? {entrypoint: textsOf(run.Entrypoint)} : {}),
		...(Array.isArray(run.Cmd) ? {command: textsOf(run.Cmd)} : {}),
		user: textOf(run.User),
		workingDirectory: textOf(run.WorkingDir),
		exposedPorts: keysOf(run.ExposedPorts),
		volumes: keysOf(run.Volumes),
		labels: labels(run.Labels),
		stopSignal: textOf(run.StopSignal),
		shell: textsOf(run.Shell),
		onBuild: textsOf(run.OnBuild),
		...(health === undefined ? {} : {healthCheck: health}),
	};
};

/**
 * An image's configuration as it is stored (OCI image-spec `config.md`, Docker image spec 1.2).
 * @param name of the file, for the message
 * @throws ArchiveError when it does not say which layers the image has
 */
export const decodeImageConfig = (value: unknown, name: string): ImageConfig => {
	const config = objectOf(value);
	const diffIds = objectOf(config.rootfs).diff_ids;
	// Go writes an image without layers as null.
	const ids = diffIds === null && isObject(config.rootfs) ? [] : diffIds;
	if (!Array.isArray(ids) || !ids.every(isDigest))
		throw new ArchiveError(
			'damaged',
			`${name}: it is no image configuration (no digests in rootfs.diff_ids)`,
		);
	const createdAt = timeOf(config.created);
	const variant = textOf(config.variant);
	return {
		architecture: textOf(config.architecture),
		...(variant === '' ? {} : {variant}),
		os: textOf(config.os),
		author: textOf(config.author),
		...(createdAt === undefined ? {} : {createdAt}),
		...runDefaults(objectOf(config.config)),
		diffIds: ids,
		history: listOf(config.history).map(historyStep),
	};
};
