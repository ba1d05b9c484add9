import type {TarFacts} from './tar-entry.ts';
import {createTarScanner} from './tar-scanner.ts';

export type TarContent<Choice> = {
	readonly choice: Choice;
	/** Of the entry at hand only: after the next was asked for, nothing comes. What is not read is stepped over. */
	readonly content: AsyncIterable<Buffer>;
};

type Event<Choice> =
	| {readonly kind: 'entry'; readonly choice: Choice}
	| {readonly kind: 'bytes'; readonly bytes: Buffer}
	| {readonly kind: 'end'};

/**
 * Entries of a tar with their content, at the pace at which they are taken.
 * @param where names the archive in messages
 * @param choose is asked about each entry in their order, ahead of what is given
 * @throws ArchiveError; what the source throws
 */
export async function* tarContents<Choice>(
	source: AsyncIterable<Buffer>,
	where: string,
	choose: (facts: TarFacts) => Choice | undefined,
): AsyncGenerator<TarContent<Choice>, void, undefined> {
	// Never more than one chunk of the source holds.
	let events: Event<Choice>[] = [];
	let taken = 0;
	let failure: {readonly error: unknown} | undefined;
	let isOver = false;
	const scanner = createTarScanner(where, facts => {
		const choice = choose(facts);
		if (choice === undefined) return undefined;
		events.push({kind: 'entry', choice});
		return {
			write(bytes) {
				events.push({kind: 'bytes', bytes});
			},
			end() {
				events.push({kind: 'end'});
			},
		};
	});
	const iterator = source[Symbol.asyncIterator]();

	const fill = async (): Promise<void> => {
		const {done, value} = await iterator.next();
		try {
			if (done === true) {
				isOver = true;
				scanner.end();
			} else await scanner.write(value);
		} catch (error) {
			// What came before it is good.
			failure = {error};
		}
	};
	const next = async (): Promise<Event<Choice> | undefined> => {
		for (;;) {
			const event = events[taken];
			taken += 1;
			if (event !== undefined) return event;
			events = [];
			taken = 0;
			if (failure !== undefined) throw failure.error;
			if (isOver) return undefined;
			await fill();
		}
	};

	/** Whose content comes next; nobody's between two entries. */
	let current = 0;
	async function* contentOf(entry: number): AsyncGenerator<Buffer, void, undefined> {
		while (current === entry) {
			const event = await next();
			if (event?.kind === 'bytes') yield event.bytes;
			else current = -1;
		}
	}

	try {
		for (let entry = 1; ; entry++) {
			const event = await next();
			if (event?.kind !== 'entry') return;
			current = entry;
			const content = {[Symbol.asyncIterator]: () => contentOf(entry)};
			yield {choice: event.choice, content};
			for await (const _ of content);
		}
	} finally {
		current = -1;
		await iterator.return?.();
	}
}
