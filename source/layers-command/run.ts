import {statSync} from 'node:fs';
import {constants} from 'node:os';
import process from 'node:process';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {systemClock} from '../clock.ts';
import type {LayersOptions} from '../command-lines/call.ts';
import {paperOn} from '../components/plain-table.ts';
import {EngineError} from '../engine/errors.ts';
import {sanitise} from '../format/sanitise.ts';
import {type AnalysisUpdate, analyse} from '../layers/analyse.ts';
import {type CiRules, judge} from '../layers/reports/ci.ts';
import {CiFileError} from '../layers/reports/ci-file.ts';
import {exportJson} from '../layers/reports/export.ts';
import {figuresOf, type ImageReport, imageReportOf} from '../layers/reports/image-report.ts';
import {ArchiveError} from '../layers/types.ts';
import type {Seat} from '../seat.ts';
import {rulesFrom} from './ci-rules.ts';
import {type ImageRequest, leave, requestFor} from './image-request.ts';
import {noProgress, type Progress, showProgress} from './progress.ts';
import {type Probe, TargetError, targetOf} from './target.ts';
import {textReport} from './text-report.ts';

type Surroundings = {
	/** The engine that was named, or is found. */
	readonly openSeat: () => Promise<Seat>;
	/** One line on stderr. */
	readonly complain: (text: string) => void;
};

type Analysed = Extract<AnalysisUpdate, {kind: 'done'}>;

const probe: Probe = path => {
	const found = statSync(path, {throwIfNoEntry: false});
	return found === undefined ? undefined : found.isDirectory() ? 'directory' : 'file';
};

const safeProbe: Probe = path => {
	try {
		return probe(path);
	} catch {
		// No permission, or too long for a path: then it is none.
		return undefined;
	}
};

/** @returns nothing when it was called off */
const read = async (
	{request}: ImageRequest,
	progress: Progress,
	signal: AbortSignal,
): Promise<Analysed | undefined> => {
	for await (const update of analyse(request, signal)) {
		switch (update.kind) {
			case 'progress':
				progress.told(update.readBytes, update.layersRead);
				break;
			case 'tree':
				break;
			case 'done':
				return update;
			default:
				update satisfies never;
		}
	}
	return undefined;
};

/** A reader that has seen enough, as `head`, is no failure. */
const print = async (pieces: Iterable<string>): Promise<void> => {
	try {
		await pipeline(Readable.from(pieces), process.stdout, {end: false});
	} catch (error) {
		if (!(error instanceof Error && 'code' in error && error.code === 'EPIPE')) throw error;
	}
};

const printReport = async (report: ImageReport, {isJson, hasFiles, wasteItems}: LayersOptions) => {
	if (isJson) return print(exportJson(report, {hasFiles}));
	return print(textReport(report, wasteItems, paperOn(process.stdout)).map(line => `${line}\n`));
};

const reported = (
	{target, isBaseExcluded, baseLayers, isDiveCompatible}: LayersOptions,
	{references}: ImageRequest,
	{tree, identity}: Analysed,
	rules: CiRules | undefined,
): ImageReport => {
	const names = identity.references.length === 0 ? references : identity.references;
	const options = {isBaseExcluded, baseLayers, isDiveCompatible};
	const report = imageReportOf(target, {tree, identity: {...identity, references: names}}, options);
	return rules === undefined ? report : {...report, rules: judge(figuresOf(report), rules)};
};

/** @returns the exit code */
const analysed = async (
	options: LayersOptions,
	{openSeat, complain}: Surroundings,
	rules: CiRules | undefined,
	signal: AbortSignal,
): Promise<number> => {
	const wanted = await requestFor(targetOf(options.target, safeProbe), options, openSeat, signal);
	const name = sanitise(options.target);
	const {stderr} = process;
	const progress = stderr.isTTY
		? showProgress(stderr, systemClock, name, wanted.seat !== undefined)
		: noProgress;
	let result: Analysed | undefined;
	try {
		result = await read(wanted, progress, signal);
	} finally {
		progress.end();
		await leave(wanted.seat);
	}
	if (result === undefined) return interrupted;
	const report = reported(options, wanted, result, rules);
	await printReport(report, options);
	const failed = report.rules?.filter(({status}) => status === 'FAIL') ?? [];
	if (failed.length === 0) return 0;
	complain(`${name} fails ${failed.map(({rule, words}) => `${rule} (${words})`).join(', ')}`);
	return 1;
};

const interrupted = 128 + constants.signals.SIGINT;

/** What was asked for, and of which engine. */
type Subject = {
	readonly target: string;
	readonly address: string | undefined;
	/** One of several was named. */
	readonly isChosen: boolean;
};

/** Nobody there, or nobody who lets us in: the image has nothing to do with it. */
const engineWords = ({kind, message, facts}: EngineError, {target, address}: Subject): string => {
	if (facts.attempts !== undefined || address === undefined) return message;
	return kind === 'unreachable' || kind === 'permission' ? `${address}: ${message}` : `${target}: ${message}`;
};

/** @returns one line that says what is wrong, and the exit code; nothing for an error of our own */
const explained = (
	error: unknown,
	subject: Subject,
): readonly [words: string, exitCode: 1 | 2] | undefined => {
	if (error instanceof CiFileError) return [error.message, 2];
	if (error instanceof TargetError) return [error.message, 1];
	if (error instanceof EngineError) return [engineWords(error, subject), 1];
	if (error instanceof ArchiveError && error.kind === 'choose' && !subject.isChosen)
		return [`${subject.target}: ${error.message}; --image or --platform chooses one`, 1];
	// A file that cannot be read: what the system says.
	if (error instanceof ArchiveError || (error instanceof Error && 'syscall' in error))
		return [`${subject.target}: ${error.message}`, 1];
	return undefined;
};

/**
 * `gantry layers`: reads an image, prints what is said of it.
 * @returns the exit code: 0 done, 1 a rule fails or the image cannot be read, 2 wrong usage, 130 interrupted
 * @throws EndpointError for an engine that cannot be meant
 */
export const runLayersCommand = async (
	options: LayersOptions,
	surroundings: Surroundings,
): Promise<number> => {
	const stopping = new AbortController();
	const stop = (): void => {
		stopping.abort();
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	const {complain} = surroundings;
	let seat: Seat | undefined;
	const openSeat = async (): Promise<Seat> => {
		seat = await surroundings.openSeat();
		return seat;
	};
	try {
		const rules = options.ci === undefined ? undefined : rulesFrom(options.ci, complain);
		return await analysed(options, {complain, openSeat}, rules, stopping.signal);
	} catch (error) {
		if (stopping.signal.aborted) return interrupted;
		const subject = {
			target: sanitise(options.target),
			address: seat?.engine.place().address,
			isChosen: options.platform !== undefined || options.reference !== undefined,
		};
		const [words, exitCode] = explained(error, subject) ?? [];
		if (words === undefined || exitCode === undefined) throw error;
		complain(words);
		return exitCode;
	} finally {
		process.off('SIGINT', stop);
		process.off('SIGTERM', stop);
	}
};
