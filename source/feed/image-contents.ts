import {isAborted} from '../engine/errors.ts';
import type {HistoryItem, ImageFacts} from '../engine/image-types.ts';
import type {ImageId} from '../engine/types.ts';
import {mapHistory} from '../layers/history-layers.ts';
import type {Demand} from '../state/demand.ts';
import type {StoredImage} from '../state/views/image.ts';
import type {Session} from './context.ts';
import {createPump} from './pump.ts';

/** `linux/arm64/v8`, as far as it is known. */
const platformOf = ({os, architecture, variant = ''}: ImageFacts): string =>
	[os, architecture, variant].filter(part => part !== '').join('/');

/** @param steps newest first, as the engine tells them */
const storedImage = (facts: ImageFacts, steps: readonly HistoryItem[]): StoredImage => {
	const {diffIds, sizeBytes} = facts;
	const {least, most} = mapHistory(steps.toReversed(), diffIds, sizeBytes);
	return {platform: platformOf(facts), diffIds, least, most, sizeBytes};
};

/** A person reads on meanwhile: the engine is asked for no more than this at a time. */
const atOnce = 2;
/** All that shares layers is reckoned anew each time something is told. */
const tellEveryMs = 500;

/**
 * Asks for the layers of the images in the list, once for each id: they never change. What cannot be had is told as
 * such and not asked for again while the connection lasts.
 */
export const createImageContents = (session: Session) => {
	const {engine, clock, scope} = session;
	let waiting: readonly ImageId[] = [];
	let next = 0;
	let toldAt = 0;
	const underWay = new Set<ImageId>();
	const contents = new Map<ImageId, StoredImage>();
	const unreadable = new Set<ImageId>();

	const tell = (): void => {
		if (contents.size === 0 && unreadable.size === 0) return;
		toldAt = clock.now();
		session.post({type: 'images/contents-read', contents: new Map(contents), unreadable: [...unreadable]});
		contents.clear();
		unreadable.clear();
	};

	const take = (): ImageId | undefined => {
		while (next < waiting.length) {
			const id = waiting[next];
			next += 1;
			if (id === undefined || underWay.has(id) || contents.has(id) || unreadable.has(id)) continue;
			underWay.add(id);
			return id;
		}
		return undefined;
	};

	const read = async (id: ImageId, signal: AbortSignal): Promise<void> => {
		try {
			const facts = await engine.inspectImage(id, signal);
			contents.set(id, storedImage(facts, await engine.imageHistory(id, signal)));
		} catch (error) {
			if (signal.aborted || isAborted(error)) return;
			unreadable.add(id);
		} finally {
			underWay.delete(id);
		}
		const isLast = next >= waiting.length && underWay.size === 0;
		if (isLast || clock.now() - toldAt >= tellEveryMs) tell();
	};

	const pump = createPump(scope, atOnce, take, read);

	return {
		meet({imageContents = []}: Demand): void {
			if (imageContents === waiting) return;
			waiting = imageContents;
			next = 0;
			if (waiting.length === 0) tell();
			pump.kick();
		},
	};
};
