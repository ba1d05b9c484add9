import {openProgram, type Program} from './programs.ts';
import {cpuInRow, rowOf, seenAt} from './screen.ts';
import type {Stage} from './stage.ts';

const patienceMs = 15_000;

export type Start = {
	/** From exec to a screen with the name of a container; ms. */
	readonly namesMs: number | undefined;
	/** From exec to a row of a busy container with its share of a CPU, above zero; ms. */
	readonly cpuNumbersMs: number | undefined;
};

/** Starts a program and looks at what it shows, from just before the exec on; then ends it. */
export async function measureStart(program: Program, stage: Stage, signal: AbortSignal): Promise<Start> {
	await using opened = openProgram(program, stage.host, signal);
	const {terminal, startedAt} = opened;
	const since = (at: number | undefined): number | undefined => at && at - startedAt;
	const namesAt = await seenAt(
		terminal,
		() => stage.firstNames.some(name => rowOf(terminal, name) !== ''),
		patienceMs,
	);
	const hasNumber = (name: string): boolean => (cpuInRow(rowOf(terminal, name)) ?? 0) > 0;
	const numbersAt = await seenAt(terminal, () => stage.firstNames.some(hasNumber), patienceMs);
	return {namesMs: since(namesAt), cpuNumbersMs: since(numbersAt)};
}
