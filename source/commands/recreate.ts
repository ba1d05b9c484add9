import type {Container} from '../engine/types.ts';
import {shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {imageNamed} from '../state/selectors/images.ts';
import {containerReason, containerTargets, namesOf} from './container-actions.ts';
import {isActive} from './container-states.ts';
import {copyRunLineCommand, runLineCommand} from './copy-run-line.ts';
import {referenceOf, requestPull, transferEnd} from './pull.ts';
import {asideName, type RecreateOptions, recreateOne} from './recreate-one.ts';
import {recreateRefusal} from './recreate-refusal.ts';
import {rollBackCommand} from './roll-back.ts';
import {showError, showInfo, showSuccess, wordsOf} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/** How long the row of the old one may wait for the event about it. */
const eventGraceMs = 3000;

const isId = (image: string): boolean => /^(sha256:)?[0-9a-f]{12,64}$/.test(image);

/** What its image's name means now, as far as the list of images tells. */
const imageLine = (state: State, {name, image, imageId, details}: Container): string => {
	// The list calls an image that has lost its name by its id; only an inspect tells the name.
	if (isId(image) && details === undefined) return `${name}: made from the image ${shortId(image)}`;
	if (isId(image)) return `${name}: made from the image ${shortId(image)} by its id: there is no newer one`;
	if (state.images.loading.status !== 'ready') return `${name}: made from ${image}`;
	const now = imageNamed(state, /[:@][^/]*$/.test(image) ? image : `${image}:latest`);
	if (now === undefined) return `${name}: ${image} is not here any more, it has to be pulled`;
	return now.id === imageId
		? `${name}: ${image} is the image that it runs (${shortId(imageId)})`
		: `${name}: ${image} now names ${shortId(now.id)}; it runs ${shortId(imageId)}, and gets the new one`;
};

const mostImageLines = 6;

/** What becomes of the containers, in the order in which it does. */
const courseLines = (chosen: readonly Container[]): readonly string[] => {
	const [only] = chosen;
	const aside = chosen.length === 1 && only !== undefined ? asideName(only, 'old') : 'NAME-old-ID';
	const isUp = chosen.some(isActive);
	return [
		`A new container with the same settings is created and connected${isUp ? ', the old one is stopped' : ''} and renamed to ${aside}, the new one takes its name${isUp ? ' and is started' : ''}, and the old one is removed with its writable layer.`,
		'Volumes stay, anonymous ones too. When a step fails, the old one is put back.',
		...(isUp ? ['From its stop to the start of the new one nothing is served.'] : []),
	];
};

/** @param lineOf what its image is to be */
export const effectLines = (
	chosen: readonly Container[],
	lineOf: (container: Container) => string,
): readonly string[] => [
	...(chosen.length === 1 ? [] : [namesOf(chosen)]),
	...chosen.slice(0, mostImageLines).map(lineOf),
	...(chosen.length > mostImageLines ? [`… and ${chosen.length - mostImageLines} more`] : []),
	...courseLines(chosen),
];

const pullImage = async (context: CommandContext, image: string): Promise<void> => {
	if (isId(image)) throw new Error('it was made from an image id, which cannot be pulled');
	const transfer = await transferEnd(context, requestPull(context, referenceOf(image, 'image')));
	if (transfer.status === 'done') return;
	const reason = transfer.status === 'cancelled' ? 'cancelled' : transfer.fault?.message;
	throw new Error(`cannot pull ${image}: ${reason ?? 'no reason given'}`);
};

/** Where the old one was looked at, the new one is now. */
const follow = ({store}: CommandContext, old: string, next: Container['id']): void => {
	const {screen, lists, focus} = store.getState().ui;
	if (screen.kind === 'container' && screen.containerId === old)
		store.dispatch({type: 'ui/screen-opened', screen: {...screen, containerId: next}});
	if (screen.kind === 'outdated' && lists.outdated.cursorKey === old)
		store.dispatch({type: 'ui/landed', list: 'outdated', key: next});
	if (focus === 'containers' && lists.containers.cursorKey === old)
		store.dispatch({type: 'ui/landed', list: 'containers', key: next});
};

export type RecreateChoice = RecreateOptions & {readonly pulls: boolean};

const recreate = async (context: CommandContext, {id}: Container, options: RecreateChoice): Promise<void> => {
	const {engine, store, signal} = context;
	if (options.pulls) await pullImage(context, (await engine.blueprint(id, signal)).image);
	const [blueprint, guests] = await Promise.all([
		engine.blueprint(id, signal),
		engine.networkGuests(id, signal),
	]);
	const reason = recreateRefusal(store.getState(), blueprint, guests);
	if (reason !== undefined) throw new Error(reason);
	const recreated = await recreateOne(context, blueprint, options);
	follow(context, id, recreated.id);
	for (const warning of recreated.warnings) showInfo(context, warning);
	const which = blueprint.imageIs === 'moved' ? ` from the ${blueprint.image} of now` : '';
	const kept = options.keepsOld ? `; the old one is ${asideName(blueprint, 'old')}` : '';
	showSuccess(context, `${blueprint.name} was made anew${which}${kept}`);
};

export const keepToggle = {
	id: 'keep',
	key: 'k',
	label: 'keep the old one, stopped, under its new name',
} as const;

/** One after the other; the first that fails ends it. */
export const recreateEach = async (
	context: CommandContext,
	chosen: readonly Container[],
	choiceOf: (container: Container) => RecreateChoice,
): Promise<void> => {
	const {store, clock} = context;
	for (const [index, container] of chosen.entries()) {
		const target = container.id;
		const actionId = context.nextId();
		const settle = (isFailed: boolean): void => {
			const until = clock.now() + eventGraceMs;
			store.dispatch({type: 'ui/action-settled', actionId, target, isFailed, until});
		};
		store.dispatch({type: 'ui/action-started', actionId, kind: 'container', target, verb: 'recreating'});
		try {
			await recreate(context, container, choiceOf(container));
			settle(false);
		} catch (error) {
			settle(true);
			if (context.signal.aborted) return;
			const rest = chosen.length - index - 1;
			const untouched = rest === 0 ? undefined : `the ${rest} after it were left as they are`;
			showError(context, `Cannot recreate ${container.name}: ${wordsOf(error)}`, untouched);
			return;
		}
	}
};

const recreateCommand: Command = {
	id: 'containers.recreate',
	scope: 'containers',
	title: 'recreate',
	help: 'Makes the container anew with the same settings, from a newer image if wanted',
	// In logs and inspect, N is the previous match, and ctrl-r looks again in others.
	keys: ['N', 'ctrl-n'],
	group: 'danger',
	inFooter: 26,
	targets: containerTargets,
	disabledReason: containerReason(),
	confirm: (state, input) => {
		const chosen = containersNamed(state, input.targets);
		const [only] = chosen;
		if (only === undefined) return undefined;
		const isOne = chosen.length === 1;
		return {
			title: isOne ? `Recreate ${only.name}?` : `Recreate ${chosen.length} containers, one after the other?`,
			lines: effectLines(chosen, container => imageLine(state, container)),
			action: 'Recreate',
			toggles: [
				{id: 'pull', key: 'p', label: 'pull the image first'},
				keepToggle,
				{id: 'prove', key: 'h', label: 'put the old one back unless the new one gets healthy, or stays up'},
			],
			...(isOne ? {} : {mustType: String(chosen.length)}),
		};
	},
	run: async (context, input) => {
		const {values, targets} = input;
		const choice = {
			pulls: values?.pull === 'yes',
			keepsOld: values?.keep === 'yes',
			isProven: values?.prove === 'yes',
		};
		await recreateEach(context, containersNamed(context.store.getState(), targets), () => choice);
	},
};

export const recreateCommands: readonly Command[] = [
	recreateCommand,
	rollBackCommand,
	copyRunLineCommand,
	runLineCommand,
];
