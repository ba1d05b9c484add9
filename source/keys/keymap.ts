import type {Command, Scope} from '../commands/types.ts';

/** Which command a key means, by scope. */
export type Keymap = ReadonlyMap<Scope, ReadonlyMap<string, Command>>;

export type KeyClash = {readonly scope: Scope; readonly key: string; readonly commands: readonly string[]};

/** The keys of the commands as data, and the keys that two commands of one scope both claim. */
export const buildKeymap = (
	commands: readonly Command[],
): {readonly keymap: Keymap; readonly clashes: readonly KeyClash[]} => {
	const keymap = new Map<Scope, Map<string, Command>>();
	const clashes: KeyClash[] = [];
	for (const command of commands) {
		const keys = keymap.get(command.scope) ?? new Map<string, Command>();
		keymap.set(command.scope, keys);
		for (const key of command.keys) {
			const other = keys.get(key);
			if (other === undefined) keys.set(key, command);
			else clashes.push({scope: command.scope, key, commands: [other.id, command.id]});
		}
	}
	return {keymap, clashes};
};
