/** Input of a program, by lines; on a terminal with what the terminal itself does: echo, backspace, ^C, ^D. */
export type ShellInput = {
	readonly write: (text: string) => void;
	readonly end: () => void;
	/** The next line; `undefined` at the end. */
	readonly line: (signal: AbortSignal) => Promise<string | undefined>;
};

export type ShellInputOptions = {
	readonly isTty: boolean;
	readonly echo: (text: string) => void;
	/** ^C on a terminal. */
	readonly interrupt: () => void;
};

export const createShellInput = ({isTty, echo, interrupt}: ShellInputOptions): ShellInput => {
	const lines: string[] = [];
	let typed = '';
	let hasEnded = false;
	let isReading = false;
	let wake = (): void => {};

	const accept = (): void => {
		lines.push(typed);
		typed = '';
	};
	const end = (): void => {
		if (typed !== '') accept();
		hasEnded = true;
		wake();
	};
	const key = (character: string): void => {
		if (character === '\r' || character === '\n') {
			echo('\n');
			accept();
		} else if (character === '\u007f' || character === '\b') {
			if (typed !== '') echo('\b \b');
			typed = typed.slice(0, -1);
		} else if (character === '\u0003') {
			echo('^C\n');
			typed = '';
			// A shell at its prompt shows another; what runs is broken off.
			if (isReading) accept();
			else interrupt();
		} else if (character === '\u0004') {
			if (typed === '') end();
		} else if (character >= ' ') {
			echo(character);
			typed += character;
		}
	};

	return {
		write: text => {
			if (isTty) for (const character of text) key(character);
			else
				for (const character of text)
					if (character === '\n') accept();
					else typed += character;
			wake();
		},
		end,
		line: async signal => {
			isReading = true;
			while (lines.length === 0 && !hasEnded && !signal.aborted)
				await new Promise<void>(resolve => {
					wake = resolve;
					signal.addEventListener('abort', () => resolve(), {once: true});
				});
			isReading = false;
			return lines.shift();
		},
	};
};
