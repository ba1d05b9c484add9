import {isAborted} from '../engine/errors.ts';
import type {Container} from '../engine/types.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {chosenContainers, containerTargets, singleReason} from './container-actions.ts';
import {isActive} from './container-states.ts';
import {asideName} from './recreate-one.ts';
import {showError, showSuccess, wordsOf} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/** A container that was put aside when it was recreated, and the one that has its name now. */
type Pair = {readonly name: string; readonly old: Container; readonly current?: Container};

const all = ({containers}: State): readonly Container[] => [...containers.byId.values()];

/** The name that it had before it was put aside. */
const nameBefore = (container: Container): string | undefined => {
	const end = asideName({name: '', id: container.id}, 'old');
	const {name} = container;
	return name.endsWith(end) && name.length > end.length ? name.slice(0, -end.length) : undefined;
};

/** Whichever of the two is chosen; of several old ones the youngest. */
const pairOf = (state: State, chosen: Container): Pair | undefined => {
	const own = nameBefore(chosen);
	const name = own ?? chosen.name;
	const [old] =
		own === undefined
			? all(state)
					.filter(container => nameBefore(container) === name)
					.toSorted((a, b) => b.createdAt - a.createdAt)
			: [chosen];
	if (old === undefined) return undefined;
	const current = all(state).find(container => container.name === name);
	return {name, old, ...(current && {current})};
};

const chosenPair = (state: State, targets?: readonly string[]): Pair | undefined => {
	const [chosen] = targets === undefined ? chosenContainers(state) : containersNamed(state, targets);
	return chosen && pairOf(state, chosen);
};

const reason = (state: State): string | undefined =>
	singleReason()(state) ??
	(chosenPair(state) === undefined
		? 'there is no old one: k at recreate and update keeps it, as NAME-old-ID'
		: undefined);

type Step = {
	readonly what: string;
	readonly act: () => Promise<void>;
	readonly undo: () => Promise<void>;
};

const stepsOf = ({engine, signal}: CommandContext, {name, old, current}: Pair): readonly Step[] => {
	const rename = ({id, name: before}: Container, next: string): Step => ({
		what: `rename ${before} to ${next}`,
		act: async () => engine.renameContainer(id, next, signal),
		undo: async () => engine.renameContainer(id, before, signal),
	});
	const stop = (container: Container): Step => ({
		what: `stop ${container.name}`,
		act: async () => engine.stopContainer(container.id, signal),
		undo: async () => engine.startContainer(container.id, signal),
	});
	return [
		...(current !== undefined && isActive(current) ? [stop(current)] : []),
		...(current === undefined ? [] : [rename(current, asideName(current, 'new'))]),
		rename(old, name),
		{
			what: `start ${name}`,
			act: async () => engine.startContainer(old.id, signal),
			undo: async () => {},
		},
	];
};

/** All of the steps or none. @throws Error that says what stands now */
const takeSteps = async ({signal}: CommandContext, steps: readonly Step[]): Promise<void> => {
	const taken: Step[] = [];
	for (const step of steps) {
		// Before the answer: a stop that broke off may have been done all the same.
		taken.unshift(step);
		try {
			await step.act();
		} catch (error) {
			if (isAborted(error) && signal.aborted) throw error;
			const left: string[] = [];
			for (const {what, undo} of step.what.startsWith('stop ') ? taken : taken.slice(1))
				await undo().catch((again: unknown) => left.push(`${what}: ${wordsOf(again)}`));
			const stands = left.length === 0 ? 'all is as it was' : `not all was put back (${left.join('; ')})`;
			throw new Error(`${stands}; cannot ${step.what}: ${wordsOf(error)}`);
		}
	}
};

const refusal = async ({engine, signal}: CommandContext, {current}: Pair): Promise<void> => {
	if (current === undefined) return;
	const guests = await engine.networkGuests(current.id, signal);
	if (guests.length > 0)
		throw new Error(`${guests.join(', ')} would lose the network of ${current.name}; remove them first`);
};

const rollBack = async (context: CommandContext, pair: Pair, isRemoving: boolean): Promise<void> => {
	const {engine, signal} = context;
	const {name, current} = pair;
	await refusal(context, pair);
	await takeSteps(context, stepsOf(context, pair));
	const aside = current && asideName(current, 'new');
	showSuccess(
		context,
		`${name} is the old one again${aside === undefined || isRemoving ? '' : `; the new one is ${aside}`}`,
	);
	if (current === undefined || !isRemoving) return;
	try {
		await engine.removeContainer(current.id, {force: false, volumes: false}, signal);
	} catch (error) {
		showError(context, `${name} is the old one again, but ${aside} cannot be removed: ${wordsOf(error)}`);
	}
};

/** How long a row may wait for the event about it. */
const eventGraceMs = 3000;

export const rollBackCommand: Command = {
	id: 'containers.roll-back',
	scope: 'containers',
	title: 'roll back',
	help: 'Puts the container back that was kept when it was recreated or updated, in place of the new one',
	keys: [],
	group: 'danger',
	targets: containerTargets,
	disabledReason: reason,
	confirm: (state, input) => {
		const pair = chosenPair(state, input.targets);
		if (pair === undefined) return undefined;
		const {name, old, current} = pair;
		return {
			title: `Roll ${name} back?`,
			lines: [
				...(current === undefined
					? [`No container is called ${name} now.`]
					: [`${name} of ${current.image} is stopped and renamed to ${asideName(current, 'new')}.`]),
				`${old.name} of ${old.image} takes the name ${name} and is started.`,
				...(current !== undefined && isActive(current)
					? ['From the stop to the start nothing is served. When a step fails, all is put back.']
					: []),
			],
			action: 'Roll back',
			toggles:
				current === undefined
					? []
					: [{id: 'remove', key: 'r', label: 'remove the new one, with its writable layer'}],
		};
	},
	run: async (context, input) => {
		const {store, clock} = context;
		const pair = chosenPair(store.getState(), input.targets);
		if (pair === undefined) return;
		const ids = [pair.old, ...(pair.current ? [pair.current] : [])].map(({id}) => id);
		const actionId = context.nextId();
		const verb = 'rolling back';
		store.dispatch(
			...ids.map(target => ({type: 'ui/action-started', actionId, kind: 'container', target, verb}) as const),
		);
		const settle = (isFailed: boolean): void => {
			const until = clock.now() + eventGraceMs;
			store.dispatch(
				...ids.map(target => ({type: 'ui/action-settled', actionId, target, isFailed, until}) as const),
			);
		};
		try {
			await rollBack(context, pair, input.values?.remove === 'yes');
			settle(false);
		} catch (error) {
			settle(true);
			if (!context.signal.aborted) showError(context, `Cannot roll ${pair.name} back: ${wordsOf(error)}`);
		}
	},
};
