import type {ImageId} from '../engine/types.ts';
import {imageTargets} from '../state/selectors/images.ts';
import {copyIds} from './copy.ts';
import {copyPullLineCommand} from './copy-pull-line.ts';
import {imageListCommands} from './image-list.ts';
import {imageTabCommands} from './image-screen.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {pruneImagesCommand} from './prune-images.ts';
import {pullCommand} from './pull.ts';
import {removeImageCommand} from './remove-images.ts';
import {runCommand} from './run-image.ts';
import {tagCommand} from './tag-image.ts';
import type {Command} from './types.ts';
import {untagCommand} from './untag-image.ts';

export const imageCommands: readonly Command[] = [
	pullCommand,
	runCommand,
	removeImageCommand,
	tagCommand,
	untagCommand,
	pruneImagesCommand,
	...imageListCommands,
	...imageTabCommands,
	{
		id: 'images.copy-id',
		scope: 'images',
		title: 'copy id',
		help: 'Copies the id through the terminal (OSC 52)',
		keys: ['y'],
		group: 'act',
		targets: selectedImages,
		disabledReason: imagesReason,
		run: (context, input) => {
			const ids: readonly ImageId[] = imageTargets(context.store.getState(), input.targets).map(
				({image}) => image.id,
			);
			copyIds(context, [...new Set(ids)]);
		},
	},
	copyPullLineCommand,
];
