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

type Failure = {readonly target: string; readonly error: unknown};

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
 * Does one thing to each target, a few at a time. Rows are busy until the engine's event about them arrives;
 * what the engine refuses is told object by object, and nothing is tried twice.
 */
export const onEach = async (
	context: CommandContext,
	targets: readonly string[],
	action: Action,
	act: (target: string) => Promise<void>,
): Promise<void> => {
	const {store, clock} = context;
	const actionId = context.nextId();
	store.dispatch(
		...targets.map(target => ({
			type: 'ui/action-started' as const,
			actionId,
			kind: action.kind,
			target,
			verb: action.verb,
		})),
	);

	const failures: Failure[] = [];
	const waiting = targets.values();
	const work = async (): Promise<void> => {
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
	await Promise.all(Array.from({length: Math.min(concurrency, targets.length)}, work));
	if (!context.signal.aborted) tell(context, action, targets, failures);
};
