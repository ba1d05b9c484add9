import {accept, type Parsed, refuse} from './parsed.ts';

/** Linux's signals by the number they have on x86 and ARM, without the real-time ones. */
const names: Readonly<Record<string, number>> = {
	HUP: 1,
	INT: 2,
	QUIT: 3,
	ILL: 4,
	TRAP: 5,
	ABRT: 6,
	BUS: 7,
	FPE: 8,
	KILL: 9,
	USR1: 10,
	SEGV: 11,
	USR2: 12,
	PIPE: 13,
	ALRM: 14,
	TERM: 15,
	STKFLT: 16,
	CHLD: 17,
	CONT: 18,
	STOP: 19,
	TSTP: 20,
	TTIN: 21,
	TTOU: 22,
	URG: 23,
	XCPU: 24,
	XFSZ: 25,
	VTALRM: 26,
	PROF: 27,
	WINCH: 28,
	IO: 29,
	PWR: 30,
	SYS: 31,
};

/** Other names of the same signals that an engine knows. */
const aliases: ReadonlySet<string> = new Set(['IOT', 'CLD', 'POLL']);

const rule = `no signal; there are ${Object.keys(names).join(' ')}, RTMIN+1 to 15, RTMAX-1 to 14, or 1 to 64`;

/** `RTMIN`, `RTMIN+1` … `RTMIN+15`, `RTMAX-14` … `RTMAX`: what an engine knows (moby `sys/signal`). */
const isRealTime = (name: string): boolean => {
	const parts = /^(?:RTMIN(?:\+(\d{1,2}))?|RTMAX(?:-(\d{1,2}))?)$/.exec(name);
	if (parts === null) return false;
	const [, above, below] = parts;
	if (above !== undefined) return Number(above) >= 1 && Number(above) <= 15;
	return below === undefined || (Number(below) >= 1 && Number(below) <= 14);
};

/**
 * A signal as the engine takes it: a name with `SIG` before it, or a number. Names come with or without `SIG`, in
 * either case.
 */
export const parseSignal = (text: string): Parsed<string> => {
	const typed = text.trim();
	if (/^\d{1,2}$/.test(typed)) {
		const number = Number(typed);
		return number >= 1 && number <= 64 ? accept(String(number)) : refuse(typed, rule);
	}
	const name = typed.toUpperCase().replace(/^SIG/, '');
	const isKnown = Object.hasOwn(names, name) || aliases.has(name) || isRealTime(name);
	return isKnown ? accept(`SIG${name}`) : refuse(typed, rule);
};

/** For people: `SIGHUP`, and `9 (SIGKILL)` where a number has a name. */
export const describeSignal = (signal: string): string => {
	const name = Object.entries(names).find(([, number]) => String(number) === signal)?.[0];
	return name === undefined ? signal : `${signal} (SIG${name})`;
};
