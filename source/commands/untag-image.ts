import type {State} from '../state/model.ts';
import {isGoing, removalsOf} from '../state/selectors/image-removal.ts';
import {imageTargets} from '../state/selectors/images.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {removeNames} from './remove-images.ts';
import {showError} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/** The engine has no other way to take a name off than to remove it, which takes an image without names along. */
const lastNameReason = (state: State): string | undefined => {
	const targets = imageTargets(state);
	const dangling = targets.find(({reference}) => reference === undefined);
	if (dangling !== undefined) return 'it has no name';
	const [last] = removalsOf(state, targets).filter(isGoing);
	if (last === undefined) return undefined;
	return lastNameText(last.image.tags[0] ?? '');
};

const lastNameText = (name: string): string =>
	`${name} is its last name, and would take the image along: d removes both, t gives another`;

/** The list may be behind by some events: what the engine has now decides. @returns a name that is an image's last one */
const lastNameNow = async (
	{engine, store, signal}: CommandContext,
	keys: readonly string[],
): Promise<string | undefined> => {
	const names = new Set(imageTargets(store.getState(), keys).flatMap(({reference}) => reference ?? []));
	const images = await engine.listImages(signal);
	return images.find(({tags}) => tags.length > 0 && tags.every(tag => names.has(tag)))?.tags[0];
};

export const untagCommand: Command = {
	id: 'images.untag',
	scope: 'images',
	title: 'untag',
	help: 'Takes a name off an image that keeps another; never deletes an image',
	keys: [],
	group: 'danger',
	targets: selectedImages,
	disabledReason: state => imagesReason(state) ?? lastNameReason(state),
	confirm: (state, input) => {
		const names = imageTargets(state, input.targets).flatMap(({reference}) => reference ?? []);
		const [only] = names;
		if (only === undefined) return undefined;
		return {
			title: names.length === 1 ? `Untag ${only}?` : `Take ${names.length} names off?`,
			lines: ['The image stays, under its other names.'],
			...(names.length > 1 && {list: names}),
			action: 'Untag',
			toggles: [],
		};
	},
	run: async (context, {targets}) => {
		const last = await lastNameNow(context, targets);
		if (last !== undefined) {
			showError(context, lastNameText(last));
			return;
		}
		const action = {commandId: 'images.untag', verb: 'untagging', done: 'untagged', infinitive: 'untag'};
		await removeNames(context, targets, action, false);
	},
};
