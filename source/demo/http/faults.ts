import type {Clock} from '../../clock.ts';
import {pause} from '../pause.ts';

/** What can be made to go wrong. */
export type DemoFault =
	/** The connection is closed without an answer. */
	| {readonly kind: 'drop'}
	/** Accepted, and answered only when the fault is called off. Streams that already go fall silent. */
	| {readonly kind: 'freeze'}
	/** The body ends early, and its connection with it. */
	| {readonly kind: 'truncate'; readonly afterBytes: number}
	/** No JSON: of a stream every second piece, so that the others are still seen. */
	| {readonly kind: 'malformed'}
	/** Before the answer, and before every piece of a stream. */
	| {readonly kind: 'slow'; readonly delayMs: number}
	| {readonly kind: 'error'; readonly status: number; readonly message: string};

export type DemoFaultOptions = {
	/** How many requests it hits; all while it lasts when absent. */
	readonly times?: number;
};

export type DemoFaults = {
	/** @param pattern matched against `METHOD /path`, without version and query @returns how to call it off */
	readonly inject: (pattern: RegExp, fault: DemoFault, options?: DemoFaultOptions) => () => void;
	/** The fault that hits this request, the latest injected first; counts it. */
	readonly take: (key: string) => TakenFault | undefined;
	/** Resolves when no freeze without a count holds what already streams, or the signal aborts. */
	readonly thaw: (key: string, signal: AbortSignal) => Promise<void>;
};

export type TakenFault = {
	readonly fault: DemoFault;
	/** Resolves when it is called off, or the signal aborts. */
	readonly over: (signal: AbortSignal) => Promise<void>;
};

type Active = {
	readonly pattern: RegExp;
	readonly fault: DemoFault;
	readonly off: AbortController;
	left: number;
};

export const createFaults = (): DemoFaults => {
	const active: Active[] = [];
	const isHolding = ({fault, left, off}: Active): boolean =>
		fault.kind === 'freeze' && left === Number.POSITIVE_INFINITY && !off.signal.aborted;

	return {
		inject: (pattern, fault, options = {}) => {
			// A pattern with state (`g`, `y`) would match every other request only.
			const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
			const left = options.times ?? Number.POSITIVE_INFINITY;
			const entry = {pattern: stateless, fault, left, off: new AbortController()};
			active.push(entry);
			return () => {
				entry.off.abort();
				const at = active.indexOf(entry);
				if (at >= 0) active.splice(at, 1);
			};
		},
		take: key => {
			const hit = active.findLast(({pattern, left}) => left > 0 && pattern.test(key));
			if (hit === undefined) return undefined;
			hit.left -= 1;
			return {fault: hit.fault, over: signal => either(signal, hit.off.signal)};
		},
		thaw: async (key, signal) => {
			for (;;) {
				const hold = signal.aborted
					? undefined
					: active.find(entry => isHolding(entry) && entry.pattern.test(key));
				if (hold === undefined) return;
				await either(signal, hold.off.signal);
			}
		},
	};
};

/** Resolves when one of them aborts. */
const either = (one: AbortSignal, other: AbortSignal): Promise<void> =>
	new Promise(resolve => {
		const any = AbortSignal.any([one, other]);
		if (any.aborted) resolve();
		else any.addEventListener('abort', () => resolve(), {once: true});
	});

/** Tells that the body is to end here. */
export class BodyCut extends Error {}

/** A body with its fault worked in. */
export async function* faultyBody(
	body: AsyncIterable<Buffer | string> | Iterable<Buffer | string>,
	fault: DemoFault,
	clock: Clock,
	signal: AbortSignal,
): AsyncGenerator<Buffer | string, void, undefined> {
	let sentBytes = 0;
	let pieces = 0;
	for await (const piece of body) {
		if (fault.kind === 'slow') await pause(clock, fault.delayMs, signal);
		if (fault.kind === 'truncate') {
			const bytes = Buffer.from(piece);
			const room = fault.afterBytes - sentBytes;
			sentBytes += bytes.length;
			yield bytes.subarray(0, room);
			if (bytes.length >= room) throw new BodyCut();
		} else if (fault.kind === 'malformed' && pieces % 2 === 0) yield malformed(piece);
		else yield piece;
		pieces += 1;
	}
}

/** Same length, same end of line, no JSON. */
const malformed = (piece: Buffer | string): Buffer => {
	const bytes = Buffer.from(piece);
	const middle = Math.floor(bytes.length / 2);
	const end = bytes.at(-1) === 0x0a ? bytes.length - 1 : bytes.length;
	return bytes.fill('}', end > 4 ? middle : 0, end);
};
