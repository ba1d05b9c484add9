import {type HelpSection, helpSections} from '../commands/help.ts';
import {useServices} from './services.ts';

/** What the help shows for a search; the scopes given come first. */
export const useHelp = (search: string, first: readonly string[]): readonly HelpSection[] => {
	const {commands, store} = useServices();
	return helpSections(commands, store.getState(), {search, first});
};
