import {containerCommands} from './containers.ts';
import {dialogCommands} from './dialog.ts';
import {engineCommands} from './engines.ts';
import {filterCommands} from './filter.ts';
import {globalCommands} from './global.ts';
import {imageCommands} from './images.ts';
import {listCommands} from './lists.ts';
import {documentCommands, logCommands} from './readers.ts';
import {transferCommands} from './transfers.ts';
import type {Command} from './types.ts';

/** Everything a user can do. Keymap, footer, help, palette and docs/keys.md all follow from it. */
export const commands: readonly Command[] = [
	...containerCommands,
	...imageCommands,
	...transferCommands,
	...logCommands,
	...documentCommands,
	...listCommands,
	...globalCommands,
	...engineCommands,
	...filterCommands,
	...dialogCommands,
];
