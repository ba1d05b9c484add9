import type {State} from '../state/model.ts';
import {activeScopes} from './active-scopes.ts';
import type {Command, Scope} from './types.ts';

/** What the palette's line asks for: the commands that fit, best first, and what follows the name. */
export type PaletteAnswer = {readonly matches: readonly Command[]; readonly argument: string | undefined};

/** The name a command is typed by: the end of its id, unless it says another. */
export const paletteName = ({id, name}: Command): string => name ?? id.slice(id.indexOf('.') + 1);

const splitLine = (line: string): {readonly word: string; readonly rest: string} => {
	const trimmed = line.trimStart();
	const at = trimmed.search(/\s/);
	return at === -1 ? {word: trimmed, rest: ''} : {word: trimmed.slice(0, at), rest: trimmed.slice(at).trim()};
};

/** Lower is better; undefined: does not fit. */
const rank = (command: Command, query: string): number | undefined => {
	const name = paletteName(command);
	if (name === query) return 0;
	if (name.startsWith(query)) return 1;
	if (command.title.toLowerCase().startsWith(query)) return 2;
	if (command.id.includes(query) || command.title.toLowerCase().includes(query)) return 3;
	return command.help.toLowerCase().includes(query) ? 4 : undefined;
};

/** @param scopes the nearest first: of two commands with one name, that of the focused pane comes first. */
const search = (
	commands: readonly Command[],
	scopes: readonly Scope[],
	query: string,
): readonly Command[] => {
	const nearness = (command: Command): number => {
		const at = scopes.indexOf(command.scope);
		return at === -1 ? scopes.length : at;
	};
	return commands
		.flatMap(command => {
			const found = query === '' ? 4 : rank(command, query);
			return found === undefined ? [] : {command, found};
		})
		.toSorted((a, b) => a.found - b.found || nearness(a.command) - nearness(b.command))
		.map(({command}) => command);
};

/** Commands that the palette offers for what was typed: `pull nginx:1.27` is `pull` with an argument. */
export const askPalette = (commands: readonly Command[], state: State, line: string): PaletteAnswer => {
	const offered = commands.filter(command => command.isKeyOnly !== true);
	const scopes = activeScopes({...state, ui: {...state.ui, overlays: []}});
	const {word: typed, rest} = splitLine(line);
	const word = typed.toLowerCase();
	const named = search(offered, scopes, word);
	if (rest !== '') {
		const taking = named.filter(
			command => command.argument !== undefined && paletteName(command).startsWith(word),
		);
		const isNamed = taking.some(command => paletteName(command) === word);
		const whole = search(offered, scopes, line.trim().toLowerCase());
		// `copy id` is the title of a command before it is one that begins with copy, told to take id.
		if (isNamed || (taking.length > 0 && whole.length === 0)) return {matches: taking, argument: rest};
		return {matches: whole, argument: undefined};
	}
	return {matches: named, argument: undefined};
};
