import {DemoError} from '../contract.ts';

const numbers: Readonly<Record<string, number>> = {
	HUP: 1,
	INT: 2,
	QUIT: 3,
	ABRT: 6,
	KILL: 9,
	USR1: 10,
	USR2: 12,
	TERM: 15,
	CONT: 18,
	STOP: 19,
	TSTP: 20,
	WINCH: 28,
};

/** Signals that end no service: it reloads, logs anew, or takes no notice. */
const harmless: readonly number[] = [1, 10, 12, 18, 19, 20, 28];

export const isDeadly = (signal: number): boolean => !harmless.includes(signal);

/** @throws DemoError 400 `Invalid signal: …` */
export const signalNumber = (text: string): number => {
	if (/^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 64) return Number(text);
	const number = numbers[text.toUpperCase().replace(/^SIG/, '')];
	if (number === undefined) throw new DemoError(400, `Invalid signal: ${text}`);
	return number;
};
