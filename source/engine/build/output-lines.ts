/** Longer lines are cut: nobody reads them, and a program may print without end. */
const maxLineLength = 16 * 1024;

/** Makes lines of what a step prints, which comes in pieces that end anywhere. */
export type OutputLines = {
	readonly push: (text: string) => {readonly lines: readonly string[]; readonly unfinished: string};
};

/** What stands after the last carriage return; one that ends the text has not yet been written over. */
const overwritten = (line: string): string => {
	const text = line.endsWith('\r') ? line.slice(0, -1) : line;
	return text.slice(text.lastIndexOf('\r') + 1);
};

/**
 * A carriage return starts the line anew, as the progress of a download does it: what it wrote over is gone. A
 * line break behind it is one line break.
 */
export const createOutputLines = (): OutputLines => {
	let unfinished = '';
	return {
		push: text => {
			const parts = (unfinished + text).split('\n');
			const last = parts.pop() ?? '';
			const shown = overwritten(last).slice(0, maxLineLength);
			// A carriage return at the end may be the first half of a line break.
			unfinished = last.endsWith('\r') ? `${shown}\r` : shown;
			return {lines: parts.map(part => overwritten(part).slice(0, maxLineLength)), unfinished: shown};
		},
	};
};
