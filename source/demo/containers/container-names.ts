import {DemoError} from '../contract.ts';
import type {ContainerStore} from './container-store.ts';

const namePattern = /^\/?[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const rule = 'only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed';

/**
 * A name that a container may have, without its slash.
 * @throws DemoError 400 when it is none, 409 when it is in use
 */
export const checkedName = (store: ContainerStore, name: string): string => {
	if (!namePattern.test(name)) throw new DemoError(400, `Invalid container name (${name}), ${rule}`);
	const bare = name.replace(/^\//, '');
	const holder = store.named(bare);
	if (holder !== undefined)
		throw new DemoError(
			409,
			`Conflict. The container name "/${bare}" is already in use by container "${holder.id}". You have to remove (or rename) that container to be able to reuse that name.`,
		);
	return bare;
};

const firsts = ['amber', 'brisk', 'calm', 'daring', 'eager', 'gentle', 'keen', 'lucid', 'quiet', 'swift'];
const seconds = [
	'beacon',
	'compass',
	'ferry',
	'harbour',
	'lantern',
	'mooring',
	'pilot',
	'quay',
	'sextant',
	'tiller',
];

/** Two words, as the engine names what nobody named. */
export const freeName = (store: ContainerStore, random: () => number): string => {
	const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';
	for (let attempt = 0; ; attempt += 1) {
		const name = `${pick(firsts)}_${pick(seconds)}${attempt < 20 ? '' : attempt}`;
		if (store.named(name) === undefined) return name;
	}
};
