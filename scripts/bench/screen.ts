import type {TestTerminal} from '../../test/helpers/terminal.ts';

/**
 * Waits until the screen is so, without polling: it is looked at after each piece of output.
 * @returns when the piece arrived that made it so, ms on the clock of `performance.now()`; `undefined` when it has
 * not come in time. The time that the emulator took is not in it.
 */
export async function seenAt(
	terminal: TestTerminal,
	isShown: () => boolean,
	withinMs: number,
): Promise<number | undefined> {
	let at: number | undefined;
	const look = (): boolean => {
		if (at === undefined && isShown()) at = terminal.shownAt;
		return at !== undefined;
	};
	try {
		await terminal.until('it is shown', look, {within: withinMs});
	} catch {
		// Too late, or the program has ended: both are "not seen".
	}
	return at;
}

/** What stands in the same row and pane as this name; empty when the name is not on the screen. */
export function rowOf(terminal: TestTerminal, name: string): string {
	const isThere = (text: string): boolean =>
		text.includes(name) && new RegExp(String.raw`(?<![\w.-])${name}(?![\w.-])`).test(text);
	const row = terminal.screen().find(isThere) ?? '';
	return row.split(/[│|]/).find(isThere) ?? '';
}

/** The CPU number in a row, in percent: Gantry's `12.3`, or others' `12.3%`. `undefined` when there is none. */
export function cpuInRow(row: string): number | undefined {
	const text = /(?<![\w.])(\d+(?:\.\d+)?) ?%/.exec(row) ?? /(?<=\s)(\d+\.\d)(?=\s)/.exec(row);
	return text?.[1] === undefined ? undefined : Number(text[1]);
}

/** Columns in which a highlighted row shows itself, whatever stands beside it. */
const probes = [4, 10, 18] as const;

/**
 * Where the cursor of a list is: the rows that are inverse or on a ground of their own, with the names in them, so
 * that a list that scrolls under a cursor at rest is a move, too. Empty when nothing is highlighted.
 */
export function highlight(terminal: TestTerminal): string {
	const rows = terminal.screen();
	return rows
		.map((row, y) =>
			isHighlighted(terminal, y) ? `${y} ${/[\w.]+-[\w.-]+/.exec(row)?.[0] ?? row.slice(0, 20)}` : '',
		)
		.filter(Boolean)
		.join('\n');
}

function isHighlighted(terminal: TestTerminal, y: number): boolean {
	return probes.some(x => {
		const {isInverse, background} = terminal.cell(x, y);
		return isInverse || background !== 'default';
	});
}
