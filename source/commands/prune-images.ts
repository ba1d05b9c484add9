import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import {shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import {prunable} from '../state/selectors/images.ts';
import {offlineReason} from './container-actions.ts';
import {showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

const labels = {
	dangling: 'dangling: without a name, and unused',
	unused: 'unused: every image that no container uses, named ones too',
} as const;

const isKind = (value: string | undefined): value is keyof typeof labels =>
	value === 'dangling' || value === 'unused';

const summary = (state: State, which: keyof typeof labels): string => {
	const images = prunable(state, which);
	const bytes = images.reduce((sum, image) => sum + image.sizeBytes, 0);
	return `${counted(images.length, 'image')}, at most ${formatSize(bytes)}`;
};

/** Two things that users of other tools confuse, and so named apart, with the list before it happens. */
export const pruneImagesCommand: Command = {
	id: 'images.prune',
	scope: 'images',
	title: 'prune',
	help: 'Removes the dangling images, or all that no container uses',
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
	confirm: (state, input) => {
		const which = input.values?.which ?? input.argument;
		if (!isKind(which)) return undefined;
		const images = prunable(state, which);
		const names = images.slice(0, 12).map(image => image.tags[0] ?? `<none> ${shortId(image.id)}`);
		return {
			title: `Prune ${which} images?`,
			lines:
				images.length === 0
					? [`No image is ${which}: there is nothing to remove.`]
					: [
							`${summary(state, which)}; layers that others share stay.`,
							names.join(', ') +
								(images.length > names.length ? ` and ${images.length - names.length} more` : ''),
							'This cannot be undone.',
						],
			action: 'Prune',
			toggles: [],
			...(images.length > 1 ? {mustType: String(images.length)} : {}),
			blocked: () => (images.length === 0 ? 'nothing to remove' : undefined),
		};
	},
	run: async (context, input) => {
		const which = input.values?.which ?? input.argument;
		if (!isKind(which)) return;
		const {removed, reclaimedBytes} = await context.engine.pruneImages(which, context.signal);
		showSuccess(context, `${removed.length} images and names removed, ${formatSize(reclaimedBytes)} freed`);
	},
};
