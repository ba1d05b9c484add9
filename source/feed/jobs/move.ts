import type {Engine} from '../../engine/engine.ts';
import {EngineError} from '../../engine/errors.ts';
import type {Image, TransferProgress} from '../../engine/types.ts';
import {shortId} from '../../format/image-name.ts';
import {findNamed} from '../../state/selectors/images.ts';
import type {MovedImage, MoveTask} from '../../state/views/image-jobs.ts';
import type {FeedContext} from '../context.ts';
import {sent} from './load.ts';
import {createMeter} from './meter.ts';

type Tell = (progress: TransferProgress) => void;

/** What an engine says here is said with who it is: there are two. */
const by = (place: string, error: unknown): unknown =>
	error instanceof EngineError
		? new EngineError(error.kind, `${place}: ${error.message}`, error.facts)
		: error;

const at = async <T>(place: string, work: () => Promise<T>): Promise<T> => {
	try {
		return await work();
	} catch (error) {
		throw by(place, error);
	}
};

/** One signal is heard by one call. */
const own = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal]);

/** By its name where it has one: that is what the other engine gives it. */
const nameOf = ({reference, imageId}: MovedImage): string => reference ?? imageId;

/** It may have waited in the queue: what was asked for is sent, or nothing. */
const checkNames = async (
	engine: Engine,
	images: readonly MovedImage[],
	signal: AbortSignal,
): Promise<void> => {
	const here = await engine.listImages(own(signal));
	for (const {reference, imageId} of images) {
		const holder = reference === undefined ? undefined : findNamed(here, reference);
		if (holder === undefined || holder.id === imageId) continue;
		throw new EngineError(
			'conflict',
			`${reference} names another image by now (${shortId(holder.id)}), so nothing was sent`,
		);
	}
};

/** Out of one engine into the other, as fast as the slower takes it; nothing is kept on this machine. */
const send = async (
	{engine, target}: {readonly engine: Engine; readonly target: Engine},
	images: readonly MovedImage[],
	{from, to, totalBytes}: Pick<MoveTask, 'from' | 'to' | 'totalBytes'>,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	const meter = createMeter(tell, totalBytes);
	let sourceError: {readonly error: unknown} | undefined;
	const saved = async function* (): AsyncGenerator<Uint8Array, void, undefined> {
		try {
			yield* engine.saveImages([...new Set(images.map(nameOf))], own(signal));
		} catch (error) {
			sourceError = {error: by(from, error)};
			throw error;
		}
	};
	const archive = sent(meter.count(saved()), () => {
		tell({kind: 'waiting', status: `sent, ${to} unpacks it`});
	});
	tell({kind: 'waiting', status: `${from} is packing`});
	let count = 0;
	try {
		for await (const progress of target.loadImages(archive, own(signal))) {
			if (signal.aborted) return;
			if (progress.kind === 'result') count += progress.names.length;
			// The bytes say more while they flow.
			if (progress.kind !== 'waiting') tell(progress);
		}
	} catch (error) {
		throw sourceError === undefined ? by(to, error) : sourceError.error;
	}
	if (!signal.aborted && count === 0)
		throw new EngineError('protocol', `${to}: it did not name what was loaded`);
};

/** Those that are there already need their names at most. */
const nameThere = async (
	target: Engine,
	images: readonly MovedImage[],
	there: readonly Image[],
	{to}: Pick<MoveTask, 'to'>,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	for (const {imageId, reference} of images) {
		const known = there.find(({id}) => id === imageId);
		if (known === undefined || signal.aborted) continue;
		if (reference !== undefined && !known.tags.includes(reference))
			await at(to, () => target.tagImage(imageId, reference, own(signal)));
		tell({kind: 'result', names: [reference ?? imageId]});
	}
};

const committed = async (
	engine: Engine,
	{commit, from}: MoveTask,
	tell: Tell,
	signal: AbortSignal,
): Promise<{readonly images: readonly MovedImage[]; readonly totalBytes?: number} | undefined> => {
	if (commit === undefined) return undefined;
	const {containerId, name, reference, isPausing} = commit;
	tell({kind: 'waiting', status: `${from} commits ${name}`});
	const spec = {reference, message: '', author: '', isPausing, changes: []};
	const imageId = await at(from, () => engine.commitContainer(containerId, spec, own(signal)));
	const totalBytes = await engine.imageSize(imageId, own(signal)).catch(() => undefined);
	return {images: [{imageId, reference}], ...(totalBytes !== undefined && {totalBytes})};
};

/**
 * Sends images from one engine to another. The other one is asked first: when it does not answer, nothing is
 * committed nor saved. Its connections are closed in the end.
 */
export const move = async (
	{engine, openEngine}: Pick<FeedContext, 'engine' | 'openEngine'>,
	task: MoveTask,
	tell: Tell,
	signal: AbortSignal,
): Promise<void> => {
	const {from, to, engineId} = task;
	const target = openEngine(engineId);
	try {
		tell({kind: 'waiting', status: `asking ${to}`});
		await at(to, () => target.ping(own(signal)));
		const there = await at(to, () => target.listImages(own(signal)));
		const made = await committed(engine, task, tell, signal);
		const {images, totalBytes} = made ?? task;
		if (signal.aborted) return;
		await at(from, () => checkNames(engine, images, signal));
		const absent = images.filter(({imageId}) => !there.some(({id}) => id === imageId));
		const size = totalBytes === undefined ? {} : {totalBytes};
		if (absent.length > 0) await send({engine, target}, absent, {from, to, ...size}, tell, signal);
		if (!signal.aborted) await nameThere(target, images, there, task, tell, signal);
	} catch (error) {
		if (!signal.aborted) throw error;
	} finally {
		target.close();
	}
};
