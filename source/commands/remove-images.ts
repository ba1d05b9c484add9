import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import {shortId} from '../format/image-name.ts';
import {amountText} from '../resources/amount.ts';
import type {State} from '../state/model.ts';
import type {ConfirmSpec} from '../state/overlays.ts';
import {
	builtOn,
	type ImageRemoval,
	isGoing,
	removalFrees,
	removalsOf,
	runningUsers,
} from '../state/selectors/image-removal.ts';
import {unaskedCount} from '../state/selectors/image-sharing.ts';
import {type ImageTarget, imageTargets} from '../state/selectors/images.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {onEach} from './on-each.ts';
import type {Command, CommandContext} from './types.ts';

const nameOf = (target: ImageTarget): string => target.reference ?? `<none> ${shortId(target.image.id)}`;

const some = (names: readonly string[], count: number): string =>
	names.slice(0, count).join(', ') + (names.length > count ? ` and ${names.length - count} more` : '');

/** While layers are still asked for, no more is certain than the engine's own sizes. */
const freedText = (state: State, removals: readonly ImageRemoval[]): string => {
	const unasked = unaskedCount(state);
	const doubt = unasked === 0 ? '' : ` (${counted(unasked, 'image')} still to measure)`;
	return amountText(removalFrees(state, removals)) + doubt;
};

/** What removing this one row does: a name goes, or with the last name the image itself. */
const effect = (state: State, removal: ImageRemoval): readonly string[] => {
	const {image, kept, users} = removal;
	const count = kept.length;
	if (!isGoing(removal)) {
		const keeper = image.tags.length > 1 ? 'tag' : 'digest';
		return [
			`Only the name goes: ${count} other ${keeper}${count === 1 ? ' keeps' : 's keep'} the image.`,
			`It frees nothing: ${some(kept, 4)}`,
		];
	}
	const children = builtOn(state, image.id);
	return [
		`The image ${shortId(image.id)} of ${formatSize(image.sizeBytes)} is deleted.`,
		...(users.length === 0 ? [`Frees ${freedText(state, [removal])}; layers that others share stay.`] : []),
		...(children.length === 0
			? []
			: [`${counted(children.length, 'other image')} built on it keep its layers: ${some(children, 4)}`]),
	];
};

const usage = (removals: readonly ImageRemoval[]): readonly string[] => {
	const names = [...new Set(removals.flatMap(({users}) => users.map(({name}) => name)))];
	const running = new Set(removals.flatMap(runningUsers).map(({name}) => name));
	if (names.length === 0) return [];
	const up =
		running.size === 0 ? '' : running.size === names.length ? ', running' : `, ${running.size} running`;
	return [`Used by ${counted(names.length, 'container')}${up}: ${some(names, 6)}`];
};

/** Why the engine would refuse this one; it can be told before it is asked. */
const blockedBy =
	({reference}: ImageTarget, removal: ImageRemoval): NonNullable<ConfirmSpec['blocked']> =>
	({force}) => {
		const [user] = removal.users;
		if (!isGoing(removal) || user === undefined) return undefined;
		const [running] = runningUsers(removal);
		if (running !== undefined && reference === undefined)
			return `${running.name} runs it: stop and remove ${running.name} first`;
		if (force === true) return undefined;
		return running === undefined
			? `${user.name} uses it: remove ${user.name} first, or f switches force on`
			: `${running.name} runs it: stop and remove it first; with force (f) only the name goes`;
	};

/** Many rows: names of images that stay, images that go. */
const summary = (
	state: State,
	chosen: readonly ImageTarget[],
	removals: readonly ImageRemoval[],
): readonly string[] => {
	const going = removals.filter(isGoing);
	const used = going.filter(({users}) => users.length > 0);
	const onlyNames = removals.length - going.length;
	return [
		`${counted(going.length, 'image')} of ${counted(chosen.length, 'name')} ${going.length === 1 ? 'goes' : 'go'}${
			onlyNames === 0 ? '' : `; of ${counted(onlyNames, 'image')} only names, others keep it`
		}.`,
		`Frees ${freedText(state, removals)}; layers that others share stay.`,
		...(used.length === 0
			? []
			: [
					`${counted(used.length, 'image')} in use ${used.length === 1 ? 'is' : 'are'} refused, unless forced.`,
				]),
	];
};

const lineOf = (target: ImageTarget): string =>
	`${formatSize(target.image.sizeBytes).padStart(7)}  ${nameOf(target)}`;

const confirmOf = (state: State, chosen: readonly ImageTarget[]): ConfirmSpec | undefined => {
	const [only] = chosen;
	const removals = removalsOf(state, chosen);
	const [removal] = removals;
	if (only === undefined || removal === undefined) return undefined;
	const force = {id: 'force', key: 'f', label: 'force: also when a stopped container uses it'};
	if (chosen.length === 1) {
		return {
			title: `Remove ${nameOf(only)}?`,
			lines: [...effect(state, removal), ...usage(removals)],
			action: 'Remove',
			toggles: [force],
			blocked: blockedBy(only, removal),
		};
	}
	return {
		title: `Remove ${chosen.length} images?`,
		lines: [...summary(state, chosen, removals), ...usage(removals)],
		list: chosen.map(lineOf),
		action: 'Remove',
		toggles: [force],
		mustType: String(chosen.length),
	};
};

/** Takes names off images, and with the last one the image. */
export const removeNames = async (
	context: CommandContext,
	keys: readonly string[],
	action: {
		readonly commandId: string;
		readonly verb: string;
		readonly done: string;
		readonly infinitive: string;
	},
	force: boolean,
): Promise<void> => {
	const chosen = new Map(imageTargets(context.store.getState(), keys).map(target => [target.key, target]));
	const nameOfKey = (key: string): string => {
		const target = chosen.get(key);
		return target === undefined ? key : nameOf(target);
	};
	await onEach(context, [...chosen.keys()], {...action, kind: 'image', nameOf: nameOfKey}, async key => {
		const target = chosen.get(key);
		if (target === undefined) return;
		await context.engine.removeImage(target.reference ?? target.image.id, {force}, context.signal);
	});
};

export const removeImageCommand: Command = {
	id: 'images.remove',
	scope: 'images',
	title: 'remove',
	help: 'Removes a tag, and with the last one the image; asks first, with the bytes that come back',
	keys: ['d'],
	group: 'danger',
	inFooter: 1,
	targets: selectedImages,
	disabledReason: imagesReason,
	follows: ({images}) => images.contents,
	confirm: (state, input) => confirmOf(state, imageTargets(state, input.targets)),
	run: async (context, input) => {
		const action = {commandId: 'images.remove', verb: 'removing', done: 'removed', infinitive: 'remove'};
		await removeNames(context, input.targets, action, input.values?.force === 'yes');
	},
};
