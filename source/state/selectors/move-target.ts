import type {EngineChoice, State} from '../model.ts';
import type {CommandInput} from '../overlays.ts';
import type {MoveTarget, MoveTargetDemand} from '../views/move-target.ts';
import {createSelector} from './memo.ts';

/** Id of the `EngineChoice` that stands for the embedded engine. */
export const demoChoice = 'demo';

export const isEngineHere = ({engine: {place, isDemo}}: State, {id, label}: EngineChoice): boolean =>
	isDemo ? id === demoChoice : label === place.address || place.source === `context "${label}"`;

/** Real engines but this one. */
export const otherEngines = (state: State): readonly EngineChoice[] =>
	state.engine.choices.filter(choice => choice.id !== demoChoice && !isEngineHere(state, choice));

/** The engine that was chosen, or named behind the command: by its label or id. */
export const chosenEngine = (state: State, {values, argument}: CommandInput): EngineChoice | undefined => {
	const wanted = values?.engine ?? argument?.split(/\s+/)[0];
	return otherEngines(state).find(({id, label}) => id === wanted || label === wanted);
};

/** What is known of that engine by now. */
export const targetOf = ({moveTarget}: State, engine: EngineChoice): MoveTarget | undefined =>
	moveTarget?.engineId === engine.id ? moveTarget : undefined;

const moveCommandIds: ReadonlySet<string> = new Set(['images.move', 'containers.move']);

const askedEngine = (state: State): string | undefined => {
	const top = state.ui.overlays.at(-1);
	return top?.kind === 'confirm' && moveCommandIds.has(top.commandId)
		? chosenEngine(state, top.input)?.id
		: undefined;
};

/** The engine that is asked what it has, while somebody is asked whether to send something there. */
export const selectMoveTargetDemand = createSelector(
	(state: State) => [askedEngine(state)],
	(engineId): MoveTargetDemand | undefined => (engineId === undefined ? undefined : {engineId}),
);
