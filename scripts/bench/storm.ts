import {setTimeout as delay} from 'node:timers/promises';
import type {TestTerminal} from '../../test/helpers/terminal.ts';
import type {EmbeddedStage} from './embedded-stage.ts';
import {measureKeys, upAndDown} from './keys.ts';
import {highlight, seenAt} from './screen.ts';

export type Storm = {
	/** ms, each press while it lasted. */
	readonly keys: readonly number[];
	/** Containers that the screen has, lacks or shows in another state than the engine has them in. */
	readonly wrongRows: number;
};

const eventsPerSecond = 10_000;

/** What a screen may lag behind the last event: reconciling is gathered, too. */
const calmMs = 3000;

/** Lets the engine change its containers ten thousand times a second, with a hand on the keys. */
export async function measureStorm(
	terminal: TestTerminal,
	{api, storm}: EmbeddedStage,
	{seconds, signal}: {readonly seconds: number; readonly signal: AbortSignal},
): Promise<Storm> {
	const until = performance.now() + seconds * 1000;
	const keys: number[] = [];
	const press = async (): Promise<void> => {
		while (performance.now() < until) keys.push(...(await measureKeys(terminal, upAndDown(10), signal)));
	};
	await Promise.all([storm({perSecond: eventsPerSecond, seconds}), press()]);
	await delay(calmMs, undefined, {signal});
	const listed: readonly {readonly Names: readonly string[]; readonly State: string}[] = JSON.parse(
		await api.call('GET', '/containers/json?all=1'),
	);
	const truth = new Map(listed.map(({Names: [name = ''], State: state}) => [name.slice(1), state]));
	return {keys, wrongRows: differences(truth, await readList(terminal))};
}

/** A container, and what its row says of its state. */
const rowPattern = /^..(\S+) .*? ([●◐↻○◌✖]) /;

const stateOf: Readonly<Record<string, string>> = {
	'●': 'running',
	'◐': 'paused',
	'↻': 'restarting',
	'○': 'exited',
	'◌': 'created',
	'✖': 'dead',
};

/** The containers on the screen, page by page from the first to the last, in a zoomed pane. */
async function readList(terminal: TestTerminal): Promise<ReadonlyMap<string, string>> {
	const found = new Map<string, string>();
	await terminal.press('z');
	await seenAt(terminal, () => !terminal.text().includes('2 Images'), 2000);
	await turn(terminal, 'home');
	for (let isMoving = true; isMoving; isMoving = await turn(terminal, 'pgdn'))
		for (const row of terminal.screen()) {
			const [, name = '', glyph = ''] = rowPattern.exec(row.split('│')[1] ?? '') ?? [];
			if (name !== '') found.set(name, stateOf[glyph] ?? glyph);
		}
	await terminal.press('z');
	return found;
}

/** @returns whether the key has moved anything. */
async function turn(terminal: TestTerminal, key: string): Promise<boolean> {
	const before = highlight(terminal);
	await terminal.press(key);
	return (await seenAt(terminal, () => highlight(terminal) !== before, 1000)) !== undefined;
}

function differences(truth: ReadonlyMap<string, string>, shown: ReadonlyMap<string, string>): number {
	const names = new Set([...truth.keys(), ...shown.keys()]);
	return [...names].filter(name => truth.get(name) !== shown.get(name)).length;
}
