import type {Container} from '../engine/types.ts';
import type {ExecEnding} from './exec-run.ts';
import {showError, showInfo} from './toasts.ts';
import type {CommandContext} from './types.ts';

/** The code of what SIGKILL has ended: a container that ends kills what runs in it so. */
const killedCode = 137;
/** The engine tells of a process before it has noted that its container ended with it. */
const lookMs = 60;
const looks = 5;

/** Why the container no longer runs, when it does not; else nothing. */
const whatBecameOf = async (
	{engine, clock, signal}: CommandContext,
	{id}: Container,
): Promise<string | undefined> => {
	try {
		for (let look = 0; look < looks && !signal.aborted; look++) {
			const now = await engine.inspectContainer(id, signal);
			if (now === undefined || now.state === 'removing') return 'the container was removed';
			if (now.state === 'paused') return 'the container was paused';
			if (now.state !== 'running') return `the container stopped (${now.state} ${now.exitCode ?? ''})`;
			await new Promise<void>(resolve => clock.after(lookMs, resolve));
		}
	} catch {
		// An engine that does not answer has been told about already.
	}
	return undefined;
};

/** Tells how what ran in a container ended. @param what `shell` */
export const tellExecEnd = async (
	context: CommandContext,
	container: Container,
	what: string,
	ending: Exclude<ExecEnding, {kind: 'not-started'}>,
): Promise<void> => {
	if (context.signal.aborted) return;
	const subject = `${what} in ${container.name}`;
	const isKilled = ending.kind === 'lost' || ending.exitCode === undefined || ending.exitCode === killedCode;
	const reason = isKilled ? await whatBecameOf(context, container) : undefined;
	if (reason !== undefined) showError(context, `${subject} ended: ${reason}`);
	else if (ending.kind === 'lost') showError(context, `${subject} ended: ${ending.words}`);
	else {
		const code = ending.exitCode === undefined ? '' : ` with exit code ${ending.exitCode}`;
		showInfo(context, `${subject} ended${code}`);
	}
};
