import {StringDecoder} from 'node:string_decoder';

/** Cuts a byte stream into lines; characters and lines may be split over chunks anywhere. */
export type LineSplitter = {
	/** The lines that this chunk completes, without their ends; empty lines are left out. */
	readonly push: (chunk: Uint8Array) => readonly string[];
	/** What is left when the stream ends: a last line without an end. */
	readonly end: () => readonly string[];
};

export const createLineSplitter = (): LineSplitter => {
	const decoder = new StringDecoder('utf8');
	// Pieces of the unfinished line, joined once: adding to one text would rescan it for every chunk.
	let pieces: string[] = [];

	const take = (text: string): readonly string[] => {
		const lines = text.split('\n');
		const rest = lines.pop() ?? '';
		const [first] = lines;
		if (first !== undefined) {
			lines[0] = pieces.join('') + first;
			pieces = [];
		}
		if (rest !== '') pieces.push(rest);
		return lines.map(line => line.trim()).filter(line => line !== '');
	};

	return {
		push: chunk => take(decoder.write(chunk)),
		end: () => take(`${decoder.end()}\n`),
	};
};

/** All lines of a stream. */
export async function* linesOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<string, void, undefined> {
	const splitter = createLineSplitter();
	for await (const chunk of source) yield* splitter.push(chunk);
	yield* splitter.end();
}
