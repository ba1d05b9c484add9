import {setTimeout as delay} from 'node:timers/promises';
import type {TestTerminal} from '../../test/helpers/terminal.ts';
import {answerLimitMs, measureKeys, upAndDown} from './keys.ts';
import {seenAt} from './screen.ts';

export type Scale = {
	/** ms, each press of up or down. */
	readonly keys: readonly number[];
	/** ms, each letter of a filter, typed and taken back. */
	readonly filter: readonly number[];
	/** ms, each page, home and end through the whole list. */
	readonly travel: readonly number[];
};

const filterText = 'api-12';
const pauseMs = 137;

const repeated = (key: string, count: number): readonly string[] => Array.from({length: count}, () => key);

/** How a dashboard with very many containers answers keys. It is to show the top of the list. */
export async function measureScale(
	terminal: TestTerminal,
	presses: number,
	signal: AbortSignal,
): Promise<Scale> {
	const keys = await measureKeys(terminal, upAndDown(presses), signal);
	const travel = await measureKeys(
		terminal,
		[...repeated('pgdn', presses / 2), 'end', ...repeated('pgup', presses / 2), 'home'],
		signal,
	);
	return {keys, travel, filter: await measureFilter(terminal, signal)};
}

/** From the write of a letter to the frame in which the filter has it, the list being filtered in the same frame. */
async function measureFilter(terminal: TestTerminal, signal: AbortSignal): Promise<readonly number[]> {
	const time = async (key: string, filter: string): Promise<number> => {
		await delay(pauseMs, undefined, {signal});
		const isShown = (): boolean => filter === '' || terminal.text().includes(` /${filter} `);
		const shown = seenAt(terminal, isShown, answerLimitMs);
		const pressedAt = performance.now();
		await terminal.press(key);
		const at = await shown;
		return at === undefined ? answerLimitMs : at - pressedAt;
	};

	await terminal.press('/');
	const lengths = Array.from({length: filterText.length}, (_, index) => index + 1);
	const times: number[] = [];
	for (const length of lengths)
		times.push(await time(filterText.charAt(length - 1), filterText.slice(0, length)));
	for (const length of lengths.toReversed().slice(1))
		times.push(await time('backspace', filterText.slice(0, length)));
	await terminal.press('esc');
	return times;
}
