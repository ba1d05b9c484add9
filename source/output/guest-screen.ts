/** The bytes around and of a program that has the whole terminal for a while. */
export type GuestScreen = {
	/** Gives it an empty screen, with the title of the terminal put aside. */
	readonly open: string;
	/**
	 * What it writes, as it may be written to the terminal.
	 * @param isTty it writes to a terminal of its own, which has made line ends of its line feeds already
	 */
	readonly pass: (chunk: Uint8Array, isTty: boolean) => Uint8Array;
	/** Undoes what it has set in the terminal and not undone itself. */
	readonly close: () => string;
};

/** Private modes that switch to the other screen: the guest has one already, and the other one is not ours. */
const screenModes: ReadonlySet<string> = new Set(['47', '1047', '1049']);
const emptyScreen = '\x1b[m\x1b[r\x1b[2J\x1b[H';

const open = `\x1b[22;0t${emptyScreen}\x1b[?7h\x1b[?25h`;
/** Soft reset (margins, origin, insertion, key modes, character sets), and what it leaves open. */
const plain =
	'\x1b[!p\x1b>\x1b(B\x0f\x1b[4l\x1b[20l\x1b[r\x1b[m\x1b[?1l\x1b[?5l\x1b[?6l\x1b[?7h\x1b[?25h\x1b[23;0t';

/** Private CSI sequences, shapes of the cursor, and the start of OSC ones up to their first value. */
const SEQUENCE =
	/\x1b(?:\[(?<mark>[<=>?])(?<values>[\d;:]*)(?<final>[ -/]*[@-~])|\[(?<shape>[1-9]\d?) q|\](?<command>\d+);(?<value>[^\x07\x1b]{0,8}))/g;
/** One that its chunk has cut; longer ones are none. */
const CUT = /\x1b(?:\[[0-?]{0,40}[ -/]{0,2})?$/;

/** Colours set by OSC, by what sets them. */
const colourResets: Readonly<Record<string, string>> = {
	4: '\x1b]104\x07',
	10: '\x1b]110\x07',
	11: '\x1b]111\x07',
	12: '\x1b]112\x07',
};

const isQuery = (value: string): boolean => value.includes('?');

export const createGuestScreen = (): GuestScreen => {
	const modesOn = new Set<string>();
	const undo = new Set<string>();
	let cut = '';
	let hasEndedInReturn = false;

	/** @returns the sequence without the modes that are not the guest's to set. */
	const privateModes = (values: string, final: string): string => {
		const modes = values.split(';');
		const kept = modes.filter(mode => !screenModes.has(mode));
		for (const mode of kept) {
			if (final === 'h') modesOn.add(mode);
			else modesOn.delete(mode);
		}
		const rest = kept.length === 0 ? '' : `\x1b[?${kept.join(';')}${final}`;
		return kept.length === modes.length ? rest : rest + emptyScreen;
	};

	/** Keyboard protocols: the kitty one is a stack with a base, the one of xterm a setting. */
	const noteKeyboard = (mark: string, final: string): void => {
		if (final === 'u' && (mark === '>' || mark === '=')) undo.add('\x1b[<99u\x1b[=0u');
		else if (final === 'm' && mark === '>') undo.add('\x1b[>4m');
	};

	const filtered = (text: string): string =>
		text.replace(SEQUENCE, (sequence, ...rest) => {
			const groups: Readonly<Record<string, string | undefined>> = rest.at(-1);
			const {mark = '', values = '', final = '', shape, command, value = ''} = groups;
			if (command !== undefined) {
				const reset = colourResets[command];
				if (reset !== undefined && !isQuery(value)) undo.add(reset);
				return sequence;
			}
			if (mark === '?' && (final === 'h' || final === 'l')) return privateModes(values, final);
			if (shape === undefined) noteKeyboard(mark, final);
			else undo.add('\x1b[0 q');
			return sequence;
		});

	/**
	 * Node's raw mode leaves it to the kernel to put a return before each line feed, which is wrong for what a
	 * terminal has written: a vertical tab moves as the bare line feed should, and is left alone.
	 */
	const bareFeeds = (text: string): string => {
		const start = hasEndedInReturn && text.startsWith('\n') ? 1 : 0;
		hasEndedInReturn = text.endsWith('\r');
		return text.slice(0, start) + text.slice(start).replace(/(?<!\r)\n/g, '\v');
	};

	return {
		open,
		pass(chunk, isTty) {
			// Byte for byte: every sequence and line end is ASCII, and no part of a longer character looks like it.
			let text = cut + Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
			cut = CUT.exec(text.slice(-64))?.[0] ?? '';
			if (cut !== '') text = text.slice(0, -cut.length);
			if (text.includes('\x1b')) text = filtered(text);
			return Buffer.from(isTty && text !== '' ? bareFeeds(text) : text, 'latin1');
		},
		close() {
			const modes = modesOn.size === 0 ? '' : `\x1b[?${[...modesOn].join(';')}l`;
			return `${modes}${[...undo].join('')}${plain}`;
		},
	};
};
