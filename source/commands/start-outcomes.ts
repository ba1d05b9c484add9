import type {Container, ContainerId} from '../engine/types.ts';
import {sanitise} from '../format/sanitise.ts';
import {type StartOutcome, type StartWatch, watchStart} from './start-watch.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

const seconds = (ms: number): string => (ms < 1000 ? 'less than 1 s' : `${Math.round(ms / 1000)} s`);

/** The last line of a probe's output says why it failed. */
const lastLine = (output: string): string => sanitise(output.trim().split('\n').at(-1) ?? '').trim();

const logHint = 'l shows its log';

const tellExit = (
	context: CommandContext,
	name: string,
	{code, afterMs, isOomKilled, isRestarting}: Extract<StartOutcome, {kind: 'exited'}>,
): void => {
	const why = isOomKilled ? ', out of memory' : '';
	const next = isRestarting ? '; its restart policy starts it again' : '';
	const text = `${name} exited with code ${code}${why} ${seconds(afterMs)} after its start${next}`;
	// A job that has done its work is no trouble.
	if (code === 0 && !isRestarting) showInfo(context, `${text} (${logHint})`);
	else showError(context, text, logHint);
};

const tell = (context: CommandContext, name: string, outcome: StartOutcome): void => {
	switch (outcome.kind) {
		case 'exited':
			tellExit(context, name, outcome);
			return;
		case 'unhealthy': {
			const output = lastLine(outcome.output);
			const said = output === '' ? '' : `: ${output}`;
			showError(context, `${name} is unhealthy ${seconds(outcome.afterMs)} after its start${said}`, logHint);
			return;
		}
		case 'healthy':
		case 'quiet':
			return;
	}
};

/** Healthy ones are told together, when the last of them has spoken. */
const tellHealthy = (
	context: CommandContext,
	results: readonly {readonly name: string; readonly outcome: StartOutcome}[],
): void => {
	const checked = results.filter(({outcome}) => outcome.kind === 'healthy' || outcome.kind === 'unhealthy');
	const healthy = checked.flatMap(({name, outcome}) =>
		outcome.kind === 'healthy' ? [{name, afterMs: outcome.afterMs}] : [],
	);
	const [first] = healthy;
	if (first === undefined) return;
	const slowest = Math.max(...healthy.map(({afterMs}) => afterMs));
	const what = checked.length === 1 ? first.name : `${healthy.length} of ${checked.length} containers`;
	showSuccess(context, `${what} healthy after ${seconds(slowest)}`);
};

/** Watches over the starts of one command. */
export type StartWatches = {
	/** Starts a container and follows what becomes of it. @throws what `start` throws */
	readonly start: (container: Container, start: () => Promise<void>) => Promise<void>;
	/** All have been started: tells, once it is known, how they fare. */
	readonly told: () => Promise<void>;
};

export const createStartWatches = (context: CommandContext): StartWatches => {
	const watches = new Map<ContainerId, {readonly name: string; readonly watch: StartWatch}>();
	return {
		async start({id, name}, start) {
			const watch = watchStart(context, id);
			watches.set(id, {name, watch});
			try {
				await start();
			} catch (error) {
				watch.drop();
				throw error;
			}
		},
		async told() {
			const results = await Promise.all(
				[...watches.values()].map(async ({name, watch}) => {
					const outcome = await watch.outcome;
					if (!context.signal.aborted) tell(context, name, outcome);
					return {name, outcome};
				}),
			);
			if (!context.signal.aborted) tellHealthy(context, results);
		},
	};
};
