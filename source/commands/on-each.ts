import {nextStep, showError, showSuccess, wordsOf} from './toasts.ts';
import type {CommandContext} from './types.ts';

/** How many requests of one action are with the engine at a time. */
const concurrency = 4;

/** How long a row may wait for the event about an action that the engine has answered. */
const eventGraceMs = 3000;

export type Action = {
	readonly commandId: string;
	/** On the row while it is under way: `stopping`. */
	readonly verb: string;
	/** In the toast when done: `stopped`. */
	readonly done: string;
	/** In the toast when refused: `stop`. */
	readonly infinitive: string;
	readonly kind: 'container' | 'image';
	readonly nameOf: (target: string) => string;
};

export type Failure = {readonly target: string; readonly error: unknown};

const tell = (
	context: CommandContext,
	action: Action,
	targets: readonly string[],
	failures: readonly Failure[],
) => {
	for (const {target, error} of failures) {
		showError(
			context,
			`Cannot ${action.infinitive} ${action.nameOf(target)}: ${wordsOf(error)}`,
			nextStep(error, action.commandId),
		);
	}
	const [only] = targets;
	const succeeded = targets.length - failures.length;
	if (succeeded === 0 || only === undefined) return;
	const what =
		targets.length === 1 ? action.nameOf(only) : `${succeeded} of ${targets.length} ${action.kind}s`;
	showSuccess(context, `${what} ${action.done}`);
};

/**
 * Does one thing to each target, wave after wave, a few of a wave at a time. Rows are busy until the engine's event
 * about them arrives, and nothing is tried twice.
 * @returns what failed.
 */
export const workThrough = async (
	{store, clock, nextId}: CommandContext,
	waves: readonly (readonly string[])[],
	{kind, verb}: Pick<Action, 'kind' | 'verb'>,
	act: (target: string) => Promise<void>,
): Promise<readonly Failure[]> => {
	const actionId = nextId();
	store.dispatch(
		...waves.flat().map(target => ({type: 'ui/action-started' as const, actionId, kind, target, verb})),
	);

	const failures: Failure[] = [];
	const work = async (waiting: Iterable<string>): Promise<void> => {
		for (const target of waiting) {
			let isFailed = false;
			try {
				await act(target);
			} catch (error) {
				isFailed = true;
				failures.push({target, error});
			}
			const until = clock.now() + eventGraceMs;
			store.dispatch({type: 'ui/action-settled', actionId, target, isFailed, until});
		}
	};
	for (const wave of waves) {
		const waiting = wave.values();
		await Promise.all(Array.from({length: Math.min(concurrency, wave.length)}, () => work(waiting)));
	}
	return failures;
};

/**
 * As `workThrough`, and tells what became of it: what the engine refuses object by object, the rest in one line.
 * @returns what failed.
 */
export const onEach = async (
	context: CommandContext,
	targets: readonly string[],
	action: Action,
	act: (target: string) => Promise<void>,
	waves: readonly (readonly string[])[] = [targets],
): Promise<readonly Failure[]> => {
	const failures = await workThrough(context, waves, action, act);
	if (!context.signal.aborted) tell(context, action, targets, failures);
	return failures;
};
