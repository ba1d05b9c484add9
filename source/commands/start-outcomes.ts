import type {Container} from '../engine/types.ts';
import {sanitise} from '../format/sanitise.ts';
import {dependenciesOf} from './dependency-order.ts';
import {type StartOutcome, watchStart} from './start-watch.ts';
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
		case 'up':
		case 'stopped':
		case 'unknown':
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

/** A container that is started; one that was just made may be too new for the list. */
type Started = Pick<Container, 'id' | 'name' | 'labels' | 'project' | 'service'>;

/** Watches over the starts of one command. */
export type StartWatches = {
	/**
	 * Starts a container, after those of the same command that it waits for, and follows what becomes of it.
	 * @throws what `start` throws, and when what it waits for has failed
	 */
	readonly start: (container: Started, start: () => Promise<void>) => Promise<void>;
	/**
	 * All have been started. Behind everything else, which may take minutes, it is told which have become healthy.
	 */
	readonly finish: () => void;
};

type Watched = {readonly container: Started; readonly outcome: Promise<StartOutcome>};

/** Why a container that waits for another cannot be started; nothing when it can. */
const hindrance = (outcome: StartOutcome, condition: string): string | undefined => {
	switch (outcome.kind) {
		case 'healthy':
		case 'up':
			return undefined;
		case 'unhealthy':
			return 'is unhealthy';
		case 'stopped':
			return 'was stopped';
		case 'unknown':
			return 'was not started';
		case 'exited':
			return condition === completed && outcome.code === 0 ? undefined : `exited with code ${outcome.code}`;
	}
};

const completed = 'service_completed_successfully';
const healthy = 'service_healthy';

/**
 * @param all what the command starts
 * @param isPatient a container waits until those it depends on are as its project wants them: healthy, or done
 */
export const createStartWatches = (
	context: CommandContext,
	all: readonly Started[],
	isPatient: boolean,
): StartWatches => {
	const watched: Watched[] = [];

	/** Is there another that waits for its end? */
	const isJob = ({project, service}: Started): boolean =>
		isPatient &&
		all.some(
			other =>
				other.project === project &&
				dependenciesOf(other).some(each => each.service === service && each.condition === completed),
		);

	const waitFor = async (container: Started): Promise<void> => {
		if (!isPatient) return;
		for (const {service, condition} of dependenciesOf(container)) {
			if (condition !== completed && condition !== healthy) continue;
			const needed = watched.filter(
				other => other.container.project === container.project && other.container.service === service,
			);
			for (const {container: other, outcome} of needed) {
				const why = hindrance(await outcome, condition);
				if (why !== undefined) throw new Error(`${other.name}, which it waits for, ${why}`);
			}
		}
	};

	return {
		async start(container, start) {
			await waitFor(container);
			const watch = watchStart(context, container.id, isJob(container));
			watched.push({container, outcome: watch.outcome});
			try {
				await start();
			} catch (error) {
				watch.drop();
				throw error;
			}
			watch.outcome.then(
				outcome => {
					if (!context.signal.aborted) tell(context, container.name, outcome);
				},
				() => undefined,
			);
		},
		finish() {
			Promise.all(watched.map(async ({container: {name}, outcome}) => ({name, outcome: await outcome}))).then(
				results => {
					if (!context.signal.aborted) tellHealthy(context, results);
				},
				() => undefined,
			);
		},
	};
};
