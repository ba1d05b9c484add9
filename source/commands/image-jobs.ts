import {importImageCommand} from './import-image.ts';
import {loadImagesCommand} from './load-images.ts';
import {saveImagesCommand} from './save-images.ts';
import type {Command} from './types.ts';

/** Images as archives of this machine. */
export const imageJobCommands: readonly Command[] = [
	saveImagesCommand,
	loadImagesCommand,
	importImageCommand,
];
