import {counted} from '../format/counted.ts';
import {normaliseReference} from '../format/image-name.ts';
import {repositoryOf} from '../format/repository.ts';
import {remoteReference} from '../registry/reference.ts';
import type {State} from '../state/model.ts';
import type {CommandInput, ConfirmSpec, FieldSpec, FormSpec} from '../state/overlays.ts';
import {type ImageTarget, imageTargets} from '../state/selectors/images.ts';
import {checkNewName} from './commit.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {platformFields} from './pull.ts';
import {
	destinationOf,
	isHubByDefault,
	namedTarget,
	nameOf,
	type Push,
	pushesOf,
	siblingsOf,
	targetsOf,
} from './push-plan.ts';
import {replacedLines} from './push-replaces.ts';
import {requestPushes} from './request-push.ts';
import {moveWarning} from './tag-image.ts';
import {showInfo} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

/** Since when an engine pushes one platform of several. */
const platformSince = 46;

const platformField = (state: State): readonly FieldSpec[] =>
	Number(state.engine.info?.apiVersion.split('.')[1] ?? 0) < platformSince
		? []
		: platformFields(state, 'os/architecture of an index, all of it when not given');

const allField = (siblings: readonly string[]): readonly FieldSpec[] => {
	const tags = siblings.map(tag => tag.slice(repositoryOf(tag).length + 1));
	return tags.length < 2
		? []
		: [{id: 'all', label: 'All tags', hint: `push ${tags.join(', ')}`, kind: 'toggle', initial: ''}];
};

const noteFor =
	({image, reference}: ImageTarget) =>
	(typed: string): string | undefined => {
		const wanted = normaliseReference(typed);
		if (!wanted.ok) return undefined;
		const place = destinationOf(wanted.value);
		const where = isHubByDefault(typed.trim())
			? `${place}; name a registry first for another: host:port/…`
			: place;
		return wanted.value === reference || image.tags.includes(wanted.value)
			? where
			: `${where}; gets that name first`;
	};

const formOf = (state: State, target: ImageTarget, typed: string): FormSpec => ({
	title: `Push ${nameOf(target)}`,
	action: 'Push',
	fields: [
		{
			id: 'reference',
			label: 'As',
			hint: 'registry/repository[:tag], the tag is latest when not given',
			kind: 'text',
			initial: typed,
			check: checkNewName,
			note: noteFor(target),
		},
		...platformField(state),
		...allField(siblingsOf(target)),
		{id: 'move', label: 'Move', hint: 'take the name even from another image', kind: 'toggle', initial: ''},
	],
});

/** Behind `:push` stands what docker push takes: nothing is asked when an image has that name and it names its registry. */
const isAllSaid = (state: State, argument: string): boolean =>
	namedTarget(state, argument) !== undefined && !isHubByDefault(argument);

const replacing = (lines: readonly string[], pushes: readonly Push[]): ConfirmSpec => ({
	title: pushes.length === 1 ? `Push ${pushes[0]?.reference ?? ''}?` : `Push ${pushes.length} names?`,
	lines:
		lines.length === 1
			? [...lines, 'Whoever pulls that name gets this image from then on.']
			: [
					`${lines.length} names stand for something else there; who pulls them gets these images from then on.`,
				],
	...(lines.length > 1 && {list: lines}),
	action: 'Push',
	toggles: [],
});

const severalMarked = (chosen: readonly ImageTarget[], pushes: readonly Push[]): ConfirmSpec => {
	const nameless = chosen.length - pushes.length;
	return {
		title: `Push ${pushes.length} names?`,
		lines: [
			'Layers that a registry has already are not sent again.',
			...(nameless === 0 ? [] : [`${counted(nameless, 'image')} without a name: left out`]),
		],
		list: pushes.map(({reference}) => `${reference} ${destinationOf(reference) ?? ''}`),
		action: 'Push',
		toggles: [],
	};
};

/** @throws FormProblem when a name would be taken from another image, and nobody has said that it may */
const checkMoves = (state: State, pushes: readonly Push[], input: CommandInput): void => {
	if (input.values?.move === 'yes') return;
	for (const {target, reference, isNamed} of pushes) {
		const warning = isNamed ? undefined : moveWarning(state, target, reference);
		if (warning !== undefined) throw new FormProblem(warning, 'move');
	}
};

/** Says that the registry is being asked: in the form, else where it takes longer than a blink. */
const whileAsking = async <T>(
	context: CommandContext,
	pushes: readonly Push[],
	work: () => Promise<T>,
): Promise<T> => {
	const hosts = new Set(pushes.map(({reference}) => remoteReference(reference)?.host ?? ''));
	const text = `asking ${[...hosts].join(', ')} what ${pushes.length === 1 ? 'the name stands' : 'the names stand'} for`;
	context.store.dispatch({type: 'ui/form-progressed', text});
	const isForm = context.store.getState().ui.overlays.at(-1)?.kind === 'form';
	const callOff = isForm ? () => {} : context.clock.after(300, () => showInfo(context, text));
	try {
		return await work();
	} finally {
		callOff();
	}
};

const pushCommand: Command = {
	id: 'images.push',
	scope: 'images',
	title: 'push',
	help: 'Pushes the image to its registry under this name or another; asks before it replaces what is there',
	keys: ['U'],
	group: 'danger',
	inFooter: 3,
	argument: 'IMAGE',
	targets: selectedImages,
	disabledReason: imagesReason,
	form: (state, input) => {
		const {argument} = input;
		const [target, ...others] = targetsOf(state, input);
		if (target === undefined || others.length > 0) return undefined;
		if (argument !== undefined && isAllSaid(state, argument)) return undefined;
		return formOf(state, target, argument ?? target.reference ?? '');
	},
	confirm: (state, input) => {
		const pushes = pushesOf(state, input);
		const replaces = input.values?.replaces;
		if (pushes.length === 0) return undefined;
		if (replaces !== undefined) return replacing(replaces.split('\n'), pushes);
		return input.argument === undefined
			? severalMarked(imageTargets(state, input.targets), pushes)
			: undefined;
	},
	run: async (context, input) => {
		const {engine, store, signal} = context;
		const pushes = pushesOf(store.getState(), input);
		if (pushes.length === 0) throw new FormProblem('none of these images has a name, or they were removed');
		checkMoves(store.getState(), pushes, input);
		if (input.values?.replaces === undefined) {
			const lines = await whileAsking(context, pushes, () => replacedLines(context, pushes));
			if (lines.length > 0) {
				context.invoke('images.push', {...input, values: {...input.values, replaces: lines.join('\n')}});
				return;
			}
		}
		for (const {target, reference, isNamed} of pushes)
			if (!isNamed) await engine.tagImage(target.image.id, reference, signal);
		store.dispatch({type: 'ui/marks-set', list: 'images', keys: []});
		const platform = input.values?.platform ?? '';
		requestPushes(
			context,
			pushes.map(({target, reference}) => ({
				kind: 'push',
				reference,
				imageId: target.image.id,
				...(platform === '' ? {} : {platform: platform.toLowerCase()}),
			})),
		);
	},
};

export const pushCommands: readonly Command[] = [pushCommand];
