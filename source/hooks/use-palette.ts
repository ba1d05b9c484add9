import {askPalette, paletteName} from '../commands/palette.ts';
import {reasonAgainst} from '../commands/reason.ts';
import {useServices} from './services.ts';

export type PaletteEntry = {
	readonly id: string;
	/** As it is typed, with what may follow: `kill SIGNAL`. */
	readonly name: string;
	readonly key: string | undefined;
	readonly scope: string;
	readonly help: string;
	/** Why it cannot be done now; absent when it can. */
	readonly reason: string | undefined;
};

/** The commands that fit what was typed, best first. */
export const usePalette = (line: string): readonly PaletteEntry[] => {
	const {commands, store} = useServices();
	const state = store.getState();
	return askPalette(commands, state, line).matches.map(command => ({
		id: command.id,
		name:
			command.argument === undefined ? paletteName(command) : `${paletteName(command)} ${command.argument}`,
		key: command.keys[0],
		scope: command.scope,
		help: command.help,
		reason: reasonAgainst(command, state),
	}));
};
