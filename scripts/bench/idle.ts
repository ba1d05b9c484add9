import {setTimeout as delay} from 'node:timers/promises';
import type {TestTerminal} from '../../test/helpers/terminal.ts';
import {isAlive} from '../engine/processes.ts';
import {cpuSecondsBetween, processTree, readCpu} from './cpu.ts';
import type {Stage} from './stage.ts';

/** CPU figures are per this time, however long was measured. */
const perMs = 20_000;

export type Idle = {
	/** To the terminal, escape sequences included; per second. */
	readonly bytesPerSecond: number | undefined;
	/** Of the program and what it has started; seconds per 20 s. */
	readonly ownCpu: number | undefined;
	/** Of dockerd, containerd and the shims; seconds per 20 s. */
	readonly engineCpu: number;
};

/**
 * What it costs to look on: nobody presses a key, the busy containers' numbers move. The terminal is to have settled.
 * @throws when the program has ended: of a dead one all is cheap.
 * @param terminal none for the engine alone.
 */
export async function measureIdle(
	stage: Stage,
	terminal: TestTerminal | undefined,
	{windowMs, signal}: {readonly windowMs: number; readonly signal: AbortSignal},
): Promise<Idle> {
	const read = () => ({
		at: performance.now(),
		bytes: terminal?.bytesWritten ?? 0,
		own: readCpu(terminal === undefined ? [] : processTree(terminal.pid)),
		engine: readCpu(stage.engineProcesses()),
	});
	const before = read();
	await delay(windowMs, undefined, {signal});
	const after = read();
	if (terminal !== undefined && !isAlive(terminal.pid)) throw new Error(`it has ended:\n${terminal.text()}`);
	const tookMs = after.at - before.at;
	const engineCpu = (cpuSecondsBetween(before.engine, after.engine) * perMs) / tookMs;
	if (terminal === undefined) return {bytesPerSecond: undefined, ownCpu: undefined, engineCpu};
	return {
		bytesPerSecond: ((after.bytes - before.bytes) * 1000) / tookMs,
		ownCpu: (cpuSecondsBetween(before.own, after.own) * perMs) / tookMs,
		engineCpu,
	};
}
