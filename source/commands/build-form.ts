import {homedir} from 'node:os';
import {join, resolve} from 'node:path';
import process from 'node:process';
import {
	parseBuildArgs,
	parseBuilder,
	parseBuildPlatform,
	parseLabels,
	parseTags,
	parseTarget,
} from '../format/build-fields.ts';
import type {Parsed} from '../format/parsed.ts';
import type {FieldSpec, FormSpec} from '../state/overlays.ts';
import type {BuildForm} from '../state/views/build.ts';
import type {BuildTask} from '../state/views/image-jobs.ts';
import {answered, optional, text} from './run-form.ts';

/** A path of this machine, as a shell takes it. */
const localPath = (path: string): string =>
	path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

const args = (given: string): Parsed<BuildTask['args']> => parseBuildArgs(given, process.env);

const toggle = (id: string, label: string, hint: string): FieldSpec => ({
	id,
	label,
	hint,
	kind: 'toggle',
	initial: '',
});

const plainFields = (): readonly FieldSpec[] => [
	text('directory', 'Directory', 'the build context: a directory here', undefined, process.cwd()),
	text('dockerfile', 'Dockerfile', 'Dockerfile in that directory', undefined),
	text('tags', 'Tags', 'shop/api:1.4 shop/api:latest', optional(parseTags)),
	text('args', 'Build args', 'KEY=value OTHER="two words" FROM_MY_ENVIRONMENT', optional(args)),
	text('labels', 'Labels', 'KEY=value OTHER="two words"', optional(parseLabels)),
	text('target', 'Target stage', 'the last one', optional(parseTarget)),
	text('platform', 'Platform', "linux/arm64; the engine's own", optional(parseBuildPlatform)),
	text('builder', 'Builder', 'auto, classic or buildkit', optional(parseBuilder)),
	toggle('cacheless', 'No cache', 'every step runs anew'),
	toggle('pull', 'Pull', 'newer base images are pulled'),
];

/** Begins with what was filled in last. @param directory another one than then: only that is taken over */
export const buildForm = (last: BuildForm, directory: string | undefined): FormSpec => {
	const known: BuildForm =
		directory === undefined || resolve(localPath(directory)) === last.directory ? last : {directory};
	return {
		title: 'Build an image',
		action: 'Build',
		fields: plainFields().map(field => ({...field, initial: known[field.id] ?? field.initial})),
	};
};

/** @throws FormProblem naming the field */
export const buildTaskOf = (values: BuildForm): BuildTask => {
	const given = (values.directory ?? '').trim();
	const platform = answered(values, 'platform', parseBuildPlatform);
	return {
		kind: 'build',
		directory: resolve(localPath(given === '' ? '.' : given)),
		dockerfile: localPath((values.dockerfile ?? '').trim()),
		tags: answered(values, 'tags', parseTags) ?? [],
		args: answered(values, 'args', args) ?? {},
		labels: answered(values, 'labels', parseLabels) ?? {},
		target: answered(values, 'target', parseTarget) ?? '',
		...(platform === undefined ? {} : {platform}),
		isCacheless: values.cacheless === 'yes',
		isPulling: values.pull === 'yes',
		builder: answered(values, 'builder', parseBuilder) ?? 'auto',
	};
};
