import {setTimeout as delay} from 'node:timers/promises';
import type {TestTerminal} from '../../test/helpers/terminal.ts';
import {highlight, seenAt} from './screen.ts';

/** A key that got no answer in this time counts as this long. */
export const answerLimitMs = 2000;

/** Between presses: no multiple of the beats in which programs gather what they draw. */
const pauseMs = 137;

/**
 * Presses keys one by one, each after the answer to the one before and a pause.
 * @returns for each, ms from the write into the terminal to the frame in which the highlight has moved. Empty when
 * it never moved, as in a program that takes no keys: any output at all would not do, for it may be the terminal's echo.
 */
export async function measureKeys(
	terminal: TestTerminal,
	keys: readonly string[],
	signal: AbortSignal,
): Promise<readonly number[]> {
	const answers: (number | undefined)[] = [];
	for (const key of keys) {
		await delay(pauseMs, undefined, {signal});
		answers.push(await timeKey(terminal, key));
	}
	if (answers.every(ms => ms === undefined)) return [];
	return answers.map(ms => ms ?? answerLimitMs);
}

async function timeKey(terminal: TestTerminal, key: string): Promise<number | undefined> {
	const before = highlight(terminal);
	const answered = seenAt(terminal, () => highlight(terminal) !== before, answerLimitMs);
	const pressedAt = performance.now();
	await terminal.press(key);
	const at = await answered;
	return at === undefined ? undefined : at - pressedAt;
}

/** Five down, five up, and so on: ten rows are enough. */
export const upAndDown = (count: number): readonly string[] =>
	Array.from({length: count}, (_, index) => (Math.floor(index / 5) % 2 === 0 ? 'down' : 'up'));
