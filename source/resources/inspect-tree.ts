import type {JsonValue} from '../engine/types.ts';
import {maskEntries, maskNamed} from '../format/secrets.ts';

type Branch = readonly JsonValue[] | {readonly [key: string]: JsonValue};

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';

/** A key or an element of a JSON document. */
export type InspectNode = {
	/** Its path as jq takes it, e.g. `.HostConfig.PortBindings["80/tcp"][0]`; different for every node. */
	readonly path: string;
	/** 0: at the top of the document. */
	readonly depth: number;
	/** The key, or the index. */
	readonly label: string;
	readonly kind: JsonKind;
	readonly value: JsonValue;
	/** Entries of an object or array. */
	readonly size: number;
	/** Of a string that holds a secret: the string with that hidden. */
	readonly masked?: string;
	/** Index of the first node after all that belongs to this one. */
	end: number;
};

const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

const kindOf = (value: JsonValue): JsonKind => {
	if (value === null) return 'null';
	if (isList(value)) return 'array';
	switch (typeof value) {
		case 'string':
			return 'string';
		case 'number':
			return 'number';
		case 'boolean':
			return 'boolean';
		default:
			return 'object';
	}
};

const branchOf = (value: JsonValue): Branch | undefined =>
	typeof value === 'object' && value !== null ? value : undefined;

const pathTo = (parent: string, label: string, isElement: boolean): string => {
	if (isElement) return `${parent === '' ? '.' : parent}[${label}]`;
	if (/^[A-Za-z_]\w*$/.test(label)) return `${parent}.${label}`;
	return `${parent === '' ? '.' : parent}[${JSON.stringify(label)}]`;
};

/** Of an array: the hidden forms of its strings, which tell by their neighbours what they are. */
const maskedEntries = (values: readonly JsonValue[]): readonly string[] =>
	maskEntries(values.map(value => (typeof value === 'string' ? value : '')));

/**
 * Every key and element of a document in the order in which they are read, each branch before what is in it.
 * The document itself is none of them; one that is no object and no array is one node with the path `.`.
 */
export const inspectNodes = (document: JsonValue): readonly InspectNode[] => {
	const nodes: InspectNode[] = [];

	const add = (path: string, depth: number, label: string, value: JsonValue, masked: string | undefined) => {
		const branch = branchOf(value);
		const node: InspectNode = {
			path,
			depth,
			label,
			kind: kindOf(value),
			value,
			size: branch === undefined ? 0 : Object.keys(branch).length,
			...(masked !== undefined && masked !== value && {masked}),
			end: 0,
		};
		nodes.push(node);
		if (branch !== undefined) addEntries(path, depth + 1, branch);
		node.end = nodes.length;
	};

	const addEntries = (parent: string, depth: number, branch: Branch): void => {
		if (isList(branch)) {
			const masked = maskedEntries(branch);
			for (const [index, value] of branch.entries()) {
				const label = String(index);
				const hidden = typeof value === 'string' ? masked[index] : undefined;
				add(pathTo(parent, label, true), depth, label, value, hidden);
			}
			return;
		}
		for (const [label, value] of Object.entries(branch)) {
			const hidden = typeof value === 'string' ? maskNamed(label, value) : undefined;
			add(pathTo(parent, label, false), depth, label, value, hidden);
		}
	};

	const root = branchOf(document);
	if (root === undefined) add('.', 0, '', document, undefined);
	else addEntries('', 0, root);
	return nodes;
};

/** Objects and arrays with something in them. */
export const isBranch = (node: InspectNode): boolean => node.size > 0;

/** The value on one line: strings as JSON quotes them, branches as a summary. */
export const nodeText = ({kind, value, size, masked}: InspectNode, isRevealed: boolean): string => {
	if (kind === 'object') return size === 0 ? '{}' : `{${size}}`;
	if (kind === 'array') return size === 0 ? '[]' : `[${size}]`;
	return JSON.stringify(isRevealed ? value : (masked ?? value));
};

/** A branch of no more nodes than this stands open from the start. */
const smallBranch = 12;

/** The branches that stand open when a document is first shown: the small ones. */
export const smallBranches = (nodes: readonly InspectNode[]): ReadonlySet<string> =>
	new Set(
		nodes
			.filter((node, index) => isBranch(node) && node.end - index - 1 <= smallBranch)
			.map(({path}) => path),
	);

/** The branches around a node, the outermost first. */
export const branchesAround = (nodes: readonly InspectNode[], index: number): readonly InspectNode[] => {
	const around: InspectNode[] = [];
	let depth = nodes[index]?.depth ?? 0;
	for (let at = index - 1; at >= 0 && depth > 0; at -= 1) {
		const node = nodes[at];
		if (node === undefined || node.depth >= depth) continue;
		around.unshift(node);
		depth = node.depth;
	}
	return around;
};

/** A search with a capital letter means it; one without finds both. */
export const inspectMatcher = (search: string): ((text: string) => boolean) => {
	const isExact = search !== search.toLowerCase();
	return text => (isExact ? text : text.toLowerCase()).includes(search);
};

/** Indexes of the nodes whose key or value holds what is looked for; what is hidden is not looked at. */
export const inspectMatches = (
	nodes: readonly InspectNode[],
	search: string,
	isRevealed: boolean,
): readonly number[] => {
	if (search === '') return [];
	const matches = inspectMatcher(search);
	const found: number[] = [];
	for (const [index, node] of nodes.entries()) {
		const isFound = matches(node.label) || (!isBranch(node) && matches(nodeText(node, isRevealed)));
		if (isFound) found.push(index);
	}
	return found;
};
