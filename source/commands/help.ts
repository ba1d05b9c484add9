import type {State} from '../state/model.ts';
import {paletteName} from './palette.ts';
import {reasonAgainst} from './reason.ts';
import {type Command, type Scope, scopes, scopeTitles} from './types.ts';

export type HelpEntry = {
	readonly id: string;
	/** Canonical names; without any, how the palette calls it: `:messages`. */
	readonly keys: readonly string[];
	readonly title: string;
	readonly help: string;
	/** Why it cannot be done now; absent when it can. */
	readonly reason: string | undefined;
};

export type HelpSection = {readonly title: string; readonly entries: readonly HelpEntry[]};

const matches = (command: Command, words: readonly string[]): boolean => {
	const text = [command.id, command.title, command.help, ...command.keys].join(' ').toLowerCase();
	return words.every(word => text.includes(word));
};

const inOrder = (first: readonly string[]): readonly Scope[] => {
	const near = scopes.filter(scope => first.includes(scope));
	return [
		...near.toSorted((a, b) => first.indexOf(a) - first.indexOf(b)),
		...scopes.filter(scope => !first.includes(scope)),
	];
};

/** Every command in which all words of the search occur, by scope; the scopes given come first. */
export const helpSections = (
	commands: readonly Command[],
	state: State,
	{search, first}: {readonly search: string; readonly first: readonly string[]},
): readonly HelpSection[] => {
	const words = search
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '');
	return inOrder(first).flatMap(scope => {
		const found = commands.filter(command => command.scope === scope && matches(command, words));
		if (found.length === 0) return [];
		const entries = found.map(command => ({
			id: command.id,
			keys: command.keys.length === 0 ? [`:${paletteName(command)}`] : command.keys,
			title: command.title,
			help: command.help,
			reason: reasonAgainst(command, state),
		}));
		return [{title: scopeTitles[scope], entries}];
	});
};

/** Lines that the help takes: a title and a blank around the entries of each section. */
export const helpLength = (sections: readonly HelpSection[]): number =>
	sections.reduce((sum, {entries}) => sum + entries.length + 2, 0);
