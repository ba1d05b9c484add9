import {setTimeout as delay} from 'node:timers/promises';
import type {TestTerminal} from '../../test/helpers/terminal.ts';
import {type EngineApi, eventTime} from './engine-api.ts';
import {rowOf, seenAt} from './screen.ts';

const patienceMs = 3000;
const pauseMs = 313;

export type EventsToScreen = {
	/** ms, one for each change that was seen; empty when none was. */
	readonly renames: readonly number[];
	/** Pausing and going on; as above. */
	readonly pauses: readonly number[];
};

type Change = {
	readonly action: 'rename' | 'pause' | 'unpause';
	readonly path: string;
	readonly isShown: () => boolean;
};

/**
 * Changes a container that is on the screen, by the API and not through the program.
 * @returns from the time that the engine gives the event to the frame that shows it; ms.
 */
export async function measureEvents(
	terminal: TestTerminal,
	{
		api,
		name,
		rounds,
		signal,
	}: {
		readonly api: EngineApi;
		readonly name: string;
		readonly rounds: number;
		readonly signal: AbortSignal;
	},
): Promise<EventsToScreen> {
	const {Id: id}: {readonly Id: string} = JSON.parse(await api.call('GET', `/containers/${name}/json`));
	const time = async ({action, path, isShown}: Change): Promise<number | undefined> => {
		await delay(pauseMs, undefined, {signal});
		const sinceMs = Date.now() - 10;
		const shown = seenAt(terminal, isShown, patienceMs);
		await api.call('POST', `/containers/${id}/${path}`);
		const shownAt = await shown;
		const happenedAt = await eventTime(api, {id, action, sinceMs});
		return shownAt === undefined || happenedAt === undefined ? undefined : shownAt - happenedAt;
	};
	const rename = (to: string): Change => ({
		action: 'rename',
		path: `rename?name=${to}`,
		isShown: () => rowOf(terminal, to) !== '',
	});
	const isPaused = (): boolean => /paused/i.test(rowOf(terminal, name));
	const pause: Change = {action: 'pause', path: 'pause', isShown: isPaused};
	const goOn: Change = {
		action: 'unpause',
		path: 'unpause',
		isShown: () => rowOf(terminal, name) !== '' && !isPaused(),
	};

	const renames: (number | undefined)[] = [];
	const pauses: (number | undefined)[] = [];
	for (let round = 0; round < rounds; round += 1) {
		// Natural order keeps it where it is.
		renames.push(await time(rename(`${name}0`)), await time(rename(name)));
		pauses.push(await time(pause), await time(goOn));
	}
	const seen = (times: readonly (number | undefined)[]): readonly number[] =>
		times.filter(ms => ms !== undefined);
	return {renames: seen(renames), pauses: isPauseSeen(pauses) ? seen(pauses) : []};
}

/** A program that does not say "paused" shows nothing of either; that its row stays is no answer. */
const isPauseSeen = (pauses: readonly (number | undefined)[]): boolean =>
	pauses.some((ms, index) => index % 2 === 0 && ms !== undefined);
