import type {HealthCheck} from '../../layers/types.ts';
import type {HistoryItem, ImageFacts} from '../image-types.ts';
import {answeredList, requiredText} from './answer.ts';
import {type Fields, number, record, text, textMap, texts, time} from './read.ts';

const nsPerMs = 1e6;

/** Docker writes a list; some images come with a line, which a shell takes as it is. */
const words = (value: unknown): readonly string[] | undefined => {
	if (typeof value === 'string') return value === '' ? undefined : ['/bin/sh', '-c', value];
	const list = texts(value);
	return list.length === 0 ? undefined : list;
};

const keys = (value: unknown): readonly string[] => Object.keys(record(value));

const healthOf = (config: Fields): HealthCheck | undefined => {
	// Podman spells it as the OCI does not.
	const health = record(config.Healthcheck ?? config.HealthCheck);
	const test = texts(health.Test);
	if (test.length === 0) return undefined;
	return {
		test,
		intervalMs: number(health.Interval) / nsPerMs,
		timeoutMs: number(health.Timeout) / nsPerMs,
		startPeriodMs: number(health.StartPeriod) / nsPerMs,
		retries: number(health.Retries),
	};
};

/**
 * Of `GET /images/{id}/json` of Docker (API 1.24 and later, either store) and of Podman.
 * @throws EngineError `protocol` for what is no image
 */
export const decodeImageFacts = (value: unknown): ImageFacts => {
	const root = record(value);
	const config = record(root.Config);
	const variant = text(root.Variant);
	const createdAt = time(root.Created);
	const entrypoint = words(config.Entrypoint);
	const command = words(config.Cmd);
	const healthCheck = healthOf(config);
	const lastTaggedAt = time(record(root.Metadata).LastTagTime);
	return {
		id: requiredText(root, 'Id', 'image'),
		tags: texts(root.RepoTags).filter(tag => tag !== '<none>:<none>'),
		digests: texts(root.RepoDigests).filter(digest => !digest.startsWith('<none>@')),
		sizeBytes: number(root.Size),
		parentId: text(root.Parent),
		comment: text(root.Comment),
		builtWith: text(root.DockerVersion),
		storageDriver: text(record(root.GraphDriver).Name),
		...(lastTaggedAt !== undefined && {lastTaggedAt}),
		architecture: text(root.Architecture),
		...(variant !== '' && {variant}),
		os: text(root.Os),
		author: text(root.Author),
		...(createdAt !== undefined && {createdAt}),
		env: texts(config.Env),
		...(entrypoint && {entrypoint}),
		...(command && {command}),
		user: text(config.User),
		workingDirectory: text(config.WorkingDir),
		exposedPorts: keys(config.ExposedPorts),
		volumes: keys(config.Volumes),
		labels: textMap(config.Labels),
		stopSignal: text(config.StopSignal),
		shell: texts(config.Shell),
		onBuild: texts(config.OnBuild),
		...(healthCheck && {healthCheck}),
		diffIds: texts(record(root.RootFS).Layers),
		history: [],
	};
};

/**
 * Of `GET /images/{id}/history`, newest first as it comes.
 * @throws EngineError `protocol` for what is no list
 */
export const decodeImageHistory = (value: unknown): readonly HistoryItem[] =>
	answeredList(value, 'image history').map(step => ({
		// Go's zero time is a large negative number of seconds.
		createdAt: Math.max(0, number(step.Created) * 1000),
		createdBy: text(step.CreatedBy),
		sizeBytes: Math.max(0, number(step.Size)),
		comment: text(step.Comment),
		tags: texts(step.Tags),
		id: text(step.Id, '<missing>'),
	}));
