import {DemoError, type DemoRequest} from '../contract.ts';
import {object} from '../http/read.ts';
import {extendImage} from '../images/extend-image.ts';
import {findToPull, pull} from '../images/image-pull.ts';
import type {DemoImage, DemoLayer} from '../images/image-types.ts';
import {noSettings} from '../images/make-image.ts';
import type {ImageParts} from '../images/parts.ts';
import {demoReference} from '../images/references.ts';
import {encodeLines} from '../images/transfer-lines.ts';
import {pause} from '../pause.ts';
import {hexId} from '../random.ts';
import {type ContextFile, type ContextFiles, digestOfFiles} from './build-context.ts';
import {copyStep} from './copy-step.ts';
import {type Instruction, substituted} from './dockerfile.ts';
import {pretendRun} from './pretend-run.ts';
import {runLayer} from './run-layer.ts';
import {type BuildSettings, settingsAfter} from './settings-step.ts';

export type BuildRequest = {
	readonly instructions: readonly Instruction[];
	readonly files: ContextFiles;
	readonly args: ReadonlyMap<string, string>;
	readonly isCacheless: boolean;
	readonly request: DemoRequest;
};

/** What a step makes, apart from its image. */
export type StepEffect = {
	readonly after: BuildSettings;
	readonly createdBy: string;
	/** Told apart in the cache by this besides the instruction. */
	readonly inputs: string;
	readonly layer?: () => Promise<DemoLayer | undefined>;
	readonly written?: ContextFiles;
};

/** A stage as far as it was built. */
export type Stage = {
	readonly name: string;
	readonly image: DemoImage | undefined;
	readonly state: BuildSettings;
	readonly args: ReadonlyMap<string, string>;
	/** What instructions put into it. */
	readonly written: ReadonlyMap<string, ContextFile>;
};

/** A command of a build ended badly. */
export class RunFailed extends Error {
	readonly code: number;

	constructor(command: string, code: number) {
		super(`The command '/bin/sh -c ${command}' returned a non-zero code: ${code}`);
		this.code = code;
	}
}

export const createBuilder = (parts: ImageParts) => {
	const {context, store} = parts;
	/** Step over an image → the image it made. */
	const cache = new Map<string, DemoImage>();
	const stream = (text: string): string => encodeLines([{stream: text}]);
	const arrow = (image: DemoImage | undefined): string => stream(` ---> ${image?.id.slice(7, 19) ?? ''}\n`);

	const from = async function* (
		{value}: Instruction,
		stages: readonly Stage[],
		{args, request}: BuildRequest,
	): AsyncGenerator<string, Stage> {
		const [asked = '', , alias] = value.split(/\s+/);
		const reference = substituted(asked, args);
		const name = alias ?? String(stages.length);
		const fresh = {name, args: new Map<string, string>(), written: new Map<string, ContextFile>()};
		const empty = {settings: {...noSettings}, more: {}};
		if (reference === 'scratch') {
			yield arrow(undefined);
			return {...fresh, image: undefined, state: empty};
		}
		const before = stages.find(stage => stage.name === reference);
		if (before === undefined && store.find(reference) === undefined) {
			const wanted = {tag: 'latest', ...demoReference(reference)};
			yield* pull(parts, wanted, findToPull(parts, wanted, request), request.signal);
		}
		const image = before === undefined ? store.find(reference)?.image : before.image;
		yield arrow(image);
		const more = image === undefined ? {} : object(object(JSON.parse(image.configJson)).config);
		return {...fresh, image, state: before?.state ?? {settings: image?.settings ?? empty.settings, more}};
	};

	/** @returns the image of a step, and whether it was there already */
	const made = async (stage: Stage, {title}: Instruction, effect: StepEffect): Promise<DemoImage> => {
		const layer = await effect.layer?.();
		const step = {createdBy: effect.createdBy, comment: '', ...(layer && {layer})};
		const {settings, more} = effect.after;
		const image = extendImage(stage.image, step, settings, context.clock.now(), more);
		cache.set(cacheKey(stage, title, effect), image);
		return image;
	};

	const running = async function* (command: string, {request}: BuildRequest): AsyncGenerator<string> {
		const {output, code} = pretendRun(command);
		for (const {text, isError, waitMs} of output) {
			await pause(context.clock, waitMs, request.signal);
			if (request.signal.aborted) return;
			if (text !== '') yield stream(isError ? `\u001b[91m${text}\u001b[0m` : text);
		}
		if (code !== 0) throw new RunFailed(command, code);
	};

	const step = async function* (
		instruction: Instruction,
		stage: Stage,
		stages: readonly Stage[],
		build: BuildRequest,
	): AsyncGenerator<string, Stage> {
		const effect = effectOf(instruction, stage, stages, build, context.clock.now());
		const known = build.isCacheless ? undefined : cache.get(cacheKey(stage, instruction.title, effect));
		const next = (image: DemoImage): Stage => ({
			...stage,
			image,
			state: effect.after,
			written: new Map([...stage.written, ...(effect.written ?? [])]),
		});
		if (known !== undefined) {
			yield stream(' ---> Using cache\n') + arrow(known);
			return next(known);
		}
		const isCopy = instruction.word === 'COPY' || instruction.word === 'ADD';
		const container = hexId(context.random).slice(0, 12);
		if (!isCopy) yield stream(` ---> Running in ${container}\n`);
		if (instruction.word === 'RUN') yield* running(instruction.value, build);
		await pause(context.clock, 120, build.request.signal);
		if (build.request.signal.aborted) return stage;
		const image = await made(stage, instruction, effect);
		if (!isCopy) yield stream(`Removing intermediate container ${container}\n`);
		yield arrow(image);
		return next(image);
	};

	/** Tells of the steps; @returns the image of the last one, absent when the client left. */
	return async function* build(wanted: BuildRequest): AsyncGenerator<string, DemoImage | undefined> {
		const {instructions, request} = wanted;
		const stages: Stage[] = [];
		let stage: Stage | undefined;
		let args: ReadonlyMap<string, string> = new Map();
		for (const [index, instruction] of instructions.entries()) {
			yield stream(`Step ${index + 1}/${instructions.length} : ${instruction.title}`) + stream('\n');
			if (instruction.word === 'FROM') {
				if (stage !== undefined) {
					stages.push(stage);
					yield aux(stage);
				}
				stage = yield* from(instruction, stages, {...wanted, args});
			} else if (stage === undefined) {
				args = declared(args, instruction.value, wanted.args);
			} else stage = yield* step(instruction, argued(stage, instruction, wanted.args), stages, wanted);
			if (request.signal.aborted) return undefined;
		}
		if (stage?.image === undefined)
			throw new DemoError(500, 'No image was generated. Is your Dockerfile empty?');
		yield aux(stage);
		return stage.image;
	};
};

const aux = ({image}: Stage): string => (image === undefined ? '' : encodeLines([{aux: {ID: image.id}}]));

const cacheKey = ({image}: Stage, title: string, {inputs}: StepEffect): string =>
	JSON.stringify([image?.id ?? '', title, inputs]);

/** The arguments after `ARG name[=default]`. */
const declared = (
	args: ReadonlyMap<string, string>,
	value: string,
	given: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> => {
	const [key = '', ...rest] = value.split('=');
	return new Map(args).set(key, given.get(key) ?? rest.join('='));
};

const argued = (stage: Stage, {word, value}: Instruction, given: ReadonlyMap<string, string>): Stage =>
	word === 'ARG' ? {...stage, args: declared(stage.args, value, given)} : stage;

const effectOf = (
	instruction: Instruction,
	stage: Stage,
	stages: readonly Stage[],
	{files}: BuildRequest,
	now: number,
): StepEffect => {
	const {word, title, flags} = instruction;
	const environment = stage.state.settings.environment.map((pair): [string, string] => {
		const [key = '', ...rest] = pair.split('=');
		return [key, rest.join('=')];
	});
	const values = new Map([...stage.args, ...environment]);
	const args = [...stage.args].map(([key, value]) => `${key}=${value}`);
	if (word === 'RUN') {
		const shell = args.length > 0 ? `|${args.length} ${args.join(' ')} /bin/sh -c` : '/bin/sh -c';
		const {value} = instruction;
		const layer = async () => runLayer(pretendRun(value), stage.state.settings.workingDirectory);
		return {after: stage.state, createdBy: `${shell} ${value}`, inputs: args.join(' '), layer};
	}
	const value = substituted(instruction.value, values);
	if (word === 'COPY' || word === 'ADD') {
		const source = stages.find(({name}, index) => flags.from === name || flags.from === String(index));
		const {folder, written, layer} = copyStep({
			value,
			files: flags.from === undefined ? files : (source?.written ?? new Map()),
			isOfStage: flags.from !== undefined,
			workingDirectory: stage.state.settings.workingDirectory,
			now,
		});
		const digest = digestOfFiles(written);
		const createdBy = `/bin/sh -c #(nop) ${word} file:${digest} in ${folder} `;
		return {after: stage.state, createdBy, inputs: digest, written, layer};
	}
	const after = settingsAfter(stage.state, {word, value, flags});
	const layer =
		word === 'WORKDIR'
			? async () => runLayer({made: {}, removed: []}, after.settings.workingDirectory)
			: undefined;
	return {
		after,
		createdBy: `/bin/sh -c #(nop) ${word === 'WORKDIR' ? '' : ' '}${title}`,
		inputs: args.join(' '),
		...(layer && {layer}),
	};
};
