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
import {localPath, withHome} from './local-path.ts';
import {answered, optional, text, toggle} from './run-form.ts';

const args = (given: string): Parsed<BuildTask['args']> => parseBuildArgs(given, process.env);

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
		directory === undefined || localPath(directory) === last.directory ? last : {directory};
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
		directory: localPath(given === '' ? '.' : given),
		dockerfile: withHome((values.dockerfile ?? '').trim()),
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
