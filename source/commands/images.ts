import type {ImageId} from '../engine/types.ts';
import {parseReference, shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import {imageTargets} from '../state/selectors/images.ts';
import {offlineReason} from './container-actions.ts';
import {copyIds} from './copy.ts';
import {imageTabCommands} from './image-screen.ts';
import {pruneImagesCommand} from './prune-images.ts';
import {pullCommand, referenceOf} from './pull.ts';
import {removeImageCommand} from './remove-images.ts';
import {runCommand} from './run-image.ts';
import type {Command} from './types.ts';

const noneReason = 'no image is selected';

const selected = (state: State) => imageTargets(state).map(target => target.key);

const singleReason = (state: State): string | undefined => {
	const chosen = imageTargets(state);
	if (chosen.length === 0) return noneReason;
	return chosen.length > 1 ? 'it works on one image: unmark the others' : offlineReason(state);
};

const checkReference = (value: string): string | undefined => {
	const parsed = parseReference(value.trim());
	if (!parsed.ok) return parsed.reason;
	return parsed.value.digest === undefined ? undefined : `${value}: a new name has a tag, not a digest`;
};

const tagCommand: Command = {
	id: 'images.tag',
	scope: 'images',
	title: 'tag',
	help: 'Gives the image another name',
	keys: ['t'],
	group: 'danger',
	inFooter: 2,
	targets: selected,
	disabledReason: singleReason,
	form: (state, input) => {
		const [target] = imageTargets(state, input.targets);
		if (target === undefined) return undefined;
		return {
			title: `Tag ${target.reference ?? shortId(target.image.id)}`,
			action: 'Tag',
			fields: [
				{
					id: 'reference',
					label: 'New name',
					hint: '[registry/]repository[:tag], the tag is latest when not given',
					kind: 'text',
					initial: target.reference ?? '',
					check: checkReference,
				},
			],
		};
	},
	run: async ({engine, store, signal}, input) => {
		const [target] = imageTargets(store.getState(), input.targets);
		const reference = input.values?.reference;
		if (target === undefined || reference === undefined) return;
		await engine.tagImage(target.image.id, referenceOf(reference, 'reference'), signal);
	},
};

export const imageCommands: readonly Command[] = [
	pullCommand,
	runCommand,
	removeImageCommand,
	tagCommand,
	pruneImagesCommand,
	...imageTabCommands,
	{
		id: 'images.copy-id',
		scope: 'images',
		title: 'copy id',
		help: 'Copies the id through the terminal (OSC 52)',
		keys: ['y'],
		group: 'act',
		targets: selected,
		disabledReason: state => (imageTargets(state).length === 0 ? noneReason : undefined),
		run: (context, input) => {
			const ids: readonly ImageId[] = imageTargets(context.store.getState(), input.targets).map(
				({image}) => image.id,
			);
			copyIds(context, [...new Set(ids)]);
		},
	},
];
