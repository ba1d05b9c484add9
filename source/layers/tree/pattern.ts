import picomatch from 'picomatch';
import type {PathTable} from '../types.ts';
import {nameOf, pathOf, shownPath} from './paths.ts';
import {wildcardNodes} from './wildcards.ts';

/** By node. `hit`: the pattern fits it, and ends in its own name. `fit`: it fits it, or a directory it is in. */
export const hit = 2;
const fit = 1;

/** @returns by node 0, `fit` or `hit`; nothing for a pattern that is empty */
export const matches = (paths: PathTable, pattern: string): Uint8Array | undefined => {
	const text = pattern.trim();
	if (text === '') return undefined;
	return /[*?[{]/.test(text) ? globMatches(paths, text) : wordMatches(paths, latin1(text).split(/ +/));
};

/** One character for each byte, as names are kept. */
const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

/** A capital letter is meant. */
const isExact = (text: string): boolean => /[A-Z]/.test(text);

/** All words somewhere in the path, in whichever order. */
const wordMatches = (paths: PathTable, words: readonly string[]): Uint8Array => {
	const {count, parents} = paths;
	const all = (1 << Math.min(words.length, 31)) - 1;
	const ending = new Int32Array(count);
	words.slice(0, 31).forEach((word, index) => {
		findWord(paths, word, node => {
			ending[node] = (ending[node] ?? 0) | (1 << index);
		});
	});
	const found = new Uint8Array(count);
	for (let node = 1; node < count; node++) {
		const own = ending[node] ?? 0;
		const held = own | (ending[parents[node] ?? 0] ?? 0);
		ending[node] = held;
		if (held === all) found[node] = own === 0 ? fit : hit;
	}
	return found;
};

/** Tells each node in whose name an occurrence of the word ends. */
const findWord = (paths: PathTable, word: string, onFound: (node: number) => void): void => {
	const exact = isExact(word);
	const bytes = exact ? paths.nameBytes : lowered(paths);
	const sought = exact ? word : word.toLowerCase();
	if (!sought.includes('/')) {
		findBytes(paths, bytes, sought, onFound);
		return;
	}
	const anchor = sought.split('/').findLast(part => part !== '');
	if (anchor === undefined) return;
	findBytes(paths, bytes, anchor, node => {
		const path = `/${pathOf(paths, node)}/`;
		if ((exact ? path : path.toLowerCase()).includes(sought)) onFound(node);
	});
};

/** Names stand one behind another: an occurrence counts if it lies within one. */
const findBytes = (
	{nameStarts, count}: PathTable,
	bytes: Uint8Array,
	sought: string,
	onFound: (node: number) => void,
): void => {
	const needle = Buffer.from(sought, 'latin1');
	const [first] = needle;
	for (let node = 1; node < count; node++) {
		const last = (nameStarts[node + 1] ?? 0) - needle.length;
		for (let at = nameStarts[node] ?? 0; at <= last; at++) {
			if (bytes[at] !== first) continue;
			let length = 1;
			while (length < needle.length && bytes[at + length] === needle[length]) length += 1;
			if (length < needle.length) continue;
			onFound(node);
			break;
		}
	}
};

const loweredNames = new WeakMap<PathTable, Uint8Array>();

const lowered = (paths: PathTable): Uint8Array => {
	const known = loweredNames.get(paths);
	if (known !== undefined) return known;
	const bytes = paths.nameBytes.slice();
	for (let at = 0; at < bytes.length; at++) {
		const byte = bytes[at] ?? 0;
		if (byte >= 65 && byte <= 90) bytes[at] = byte + 32;
	}
	loweredNames.set(paths, bytes);
	return bytes;
};

const globMatches = (paths: PathTable, glob: string): Uint8Array => {
	const {count, parents} = paths;
	const found = fitting(paths, glob, glob.replace(/^\/+/, '').replace(/\/+$/, ''));
	for (let node = 1; node < count; node++) {
		if (found[node] !== 0) found[node] = hit;
		else if (found[parents[node] ?? 0] !== 0) found[node] = fit;
	}
	return found;
};

/** @param bare the glob without slashes at its ends @returns not 0 for each node that fits */
const fitting = (paths: PathTable, glob: string, bare: string): Uint8Array => {
	const exact = isExact(glob);
	const isOfPath = glob.includes('/');
	// Of a name: of whichever directory it is in.
	const segments = latin1(exact ? bare : bare.toLowerCase()).split('/');
	const simple = /[[\](){}!+@\\|]/.test(bare)
		? undefined
		: wildcardNodes(
				paths,
				exact ? paths.nameBytes : lowered(paths),
				isOfPath ? segments : ['**', ...segments],
			);
	if (simple !== undefined) return simple;
	const fits = picomatch(bare, {dot: true, nocase: !exact});
	const found = new Uint8Array(paths.count);
	for (let node = 1; node < paths.count; node++)
		if (fits(shownPath(isOfPath ? pathOf(paths, node) : nameOf(paths, node)))) found[node] = hit;
	return found;
};
