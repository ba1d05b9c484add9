import type {Image} from '../engine/types.ts';
import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import {amountText} from '../resources/amount.ts';
import {referenceText} from '../resources/image-row.ts';
import type {State} from '../state/model.ts';
import {freedBytes, unaskedCount} from '../state/selectors/image-sharing.ts';
import {prunable} from '../state/selectors/images.ts';
import {offlineReason} from './container-actions.ts';
import {showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

const labels = {
	dangling: 'dangling: no name and no container',
	unused: 'unused: no container, named ones too',
} as const;

const isKind = (value: string | undefined): value is keyof typeof labels =>
	value === 'dangling' || value === 'unused';

/** The largest first: they are what it is done for. */
const chosenBy = (state: State, which: keyof typeof labels): readonly Image[] =>
	prunable(state, which).toSorted((a, b) => b.sizeBytes - a.sizeBytes);

const freedText = (state: State, images: readonly Image[]): string => {
	const freed = freedBytes(
		state,
		images.map(({id}) => id),
	);
	const unasked = unaskedCount(state);
	return amountText(freed) + (unasked === 0 ? '' : ` (${unasked} still to measure)`);
};

const summary = (state: State, which: keyof typeof labels): string => {
	const images = prunable(state, which);
	return images.length === 0 ? 'none' : `${counted(images.length, 'image')}, ${freedText(state, images)}`;
};

const namesOf = (image: Image): string =>
	image.tags.length === 0 ? referenceText({image}) : image.tags.join(' ');

/** A day rather than an age, which would be another one by the time the question is answered. */
const lineOf = (image: Image): string => {
	const day = image.createdAt > 0 ? new Date(image.createdAt).toISOString().slice(0, 10) : '-';
	return `${formatSize(image.sizeBytes).padStart(7)}  ${day.padEnd(10)}  ${namesOf(image)}`;
};

/** Two things that users of other tools confuse, and so named apart, with the list before it happens. */
export const pruneImagesCommand: Command = {
	id: 'images.prune',
	scope: 'images',
	title: 'prune',
	help: 'Removes the dangling images, or all that no container uses; asks first, with all of them and the bytes that come back',
	keys: ['D'],
	group: 'danger',
	inFooter: 3,
	argument: 'dangling|unused',
	disabledReason: offlineReason,
	choice: (state, input) =>
		isKind(input.argument)
			? undefined
			: {
					title: 'Prune which images?',
					field: 'which',
					items: [
						{id: 'dangling', label: labels.dangling, note: summary(state, 'dangling')},
						{id: 'unused', label: labels.unused, note: summary(state, 'unused')},
					],
				},
	follows: ({images}) => images.contents,
	confirm: (state, input) => {
		const which = input.values?.which ?? input.argument;
		if (!isKind(which)) return undefined;
		const images = chosenBy(state, which);
		if (images.length === 0) {
			return {
				title: `Prune ${which} images?`,
				lines: [`No image is ${which}: there is nothing to remove.`],
				action: 'Prune',
				toggles: [],
				blocked: () => 'nothing to remove',
			};
		}
		return {
			title: `Prune ${counted(images.length, `${which} image`)}?`,
			lines: [
				`Frees ${freedText(state, images)}; layers that images in use share stay.`,
				'This cannot be undone.',
			],
			list: images.map(lineOf),
			action: 'Prune',
			toggles: [],
			...(images.length > 1 ? {mustType: String(images.length)} : {}),
		};
	},
	run: async (context, input) => {
		const which = input.values?.which ?? input.argument;
		if (!isKind(which)) return;
		const expected = prunable(context.store.getState(), which);
		const {removed, reclaimedBytes} = await context.engine.pruneImages(which, context.signal);
		// It names layers and tags beside the images; one that others were built on loses its names only.
		const gone = new Set(removed);
		const count = expected.filter(({id, tags}) => gone.has(id) || tags.some(tag => gone.has(tag))).length;
		const rest = expected.length - count;
		showSuccess(
			context,
			`${counted(count, 'image')} pruned, ${formatSize(reclaimedBytes)} freed${rest === 0 ? '' : `; ${rest} kept by the engine`}`,
		);
	},
};
