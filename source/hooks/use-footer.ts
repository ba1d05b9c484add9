import {useMemo} from 'react';
import {activeScopes, isReaderScope} from '../commands/active-scopes.ts';
import {reasonAgainst} from '../commands/reason.ts';
import type {Command, Scope} from '../commands/types.ts';
import {keyName} from '../format/key-name.ts';
import type {State} from '../state/model.ts';
import {createSelector} from '../state/selectors/memo.ts';
import {useServices} from './services.ts';
import {useSelector} from './use-selector.ts';

export type FooterHint = {
	readonly key: string;
	readonly label: string;
	readonly isEnabled: boolean;
	readonly rank: number;
};

/** Of the ranks of a full screen's own commands. */
const readerLead = 100;

const hintOf = (command: Command, state: State): FooterHint | undefined => {
	const [key] = command.keys;
	if (key === undefined || command.inFooter === undefined) return undefined;
	return {
		key: keyName(key),
		label: command.title,
		isEnabled: reasonAgainst(command, state) === undefined,
		rank: isReaderScope(command.scope) ? command.inFooter - readerLead : command.inFooter,
	};
};

/** Its key means something else here: a nearer scope has it. */
const isShadowed = (
	{keys: [key], scope}: Command,
	commands: readonly Command[],
	scopes: readonly Scope[],
): boolean => {
	const nearer = scopes.slice(0, scopes.indexOf(scope));
	return key !== undefined && commands.some(each => nearer.includes(each.scope) && each.keys.includes(key));
};

/** A reader of the state whose result keeps its identity while its text is the same. */
const createHints = (commands: readonly Command[]): ((state: State) => readonly FooterHint[]) => {
	const inFooter = commands.filter(command => command.inFooter !== undefined);
	let last: {readonly text: string; readonly hints: readonly FooterHint[]} = {text: '', hints: []};
	return createSelector(
		(state: State) => [state],
		(state: State) => {
			const scopes = activeScopes(state);
			const hints = inFooter
				.filter(command => scopes.includes(command.scope) && !isShadowed(command, commands, scopes))
				.flatMap(command => hintOf(command, state) ?? [])
				.toSorted((a, b) => a.rank - b.rank);
			const text = JSON.stringify(hints);
			if (text !== last.text) last = {text, hints};
			return last.hints;
		},
	);
};

/** The keys worth showing now, in the order of their rank. */
export const useFooter = (): readonly FooterHint[] => {
	const {commands} = useServices();
	const select = useMemo(() => createHints(commands), [commands]);
	return useSelector(select);
};
