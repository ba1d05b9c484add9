import {isSecretName} from '../../format/secrets.ts';
import {inOneGo, type Steps} from '../steps.ts';
import {entryOfInode, inodeOf, kindNumber, layerOfInode} from '../tree/entries.ts';
import {pathOf} from '../tree/paths.ts';
import type {ImageConfig, ImageTree} from '../types.ts';
import {copySteps, type HidingWay, hidingWays} from './copies.ts';
import {nameReader} from './path-texts.ts';
import {isTellingFolder, isTellingName, type SecretRule, secretRuleOf} from './secret-rules.ts';

/** A file in a layer whose name promises a secret. Who has the image has the file, shown or not. */
export type SecretFile = {
	/** `SecretRule.id` and its words. */
	readonly rule: string;
	readonly title: string;
	/** Latin1. */
	readonly path: string;
	/** The layer that stores it. */
	readonly layer: number;
	readonly bytes: number;
	/** The layer that hides it, and how; absent: the final image shows it. */
	readonly hiddenBy?: number;
	readonly way?: Exclude<HidingWay, 'shown'>;
};

/** A setting whose name promises a secret; its value is nowhere in a report. */
export type SecretSetting = {
	/** `env`: every container has it; `history`: only an instruction tells it, as a build argument does. */
	readonly place: 'env' | 'history';
	/** Of the variable; `URL` for a login within one. */
	readonly name: string;
	/** Index of the first instruction in the history that has it. */
	readonly step?: number;
	/** The layer which that instruction made. */
	readonly layer?: number;
};

export type SecretReport = {
	/** Of those that a later layer only hides or overwrites: the reason to look. By path and layer. */
	readonly hidden: readonly SecretFile[];
	readonly shown: readonly SecretFile[];
	readonly settings: readonly SecretSetting[];
};

const nodesPerStep = 16_384;

function* rulesByNode({paths}: ImageTree): Steps<ReadonlyMap<number, SecretRule>> {
	const rules = new Map<number, SecretRule>();
	const folders = new Set<number>();
	const nameOf = nameReader(paths);
	for (let node = 1; node < paths.count; node++) {
		if (node % nodesPerStep === 0) yield;
		const name = nameOf(node);
		if (isTellingFolder(name)) folders.add(node);
		if (!isTellingName(name) && !folders.has(paths.parents[node] ?? 0)) continue;
		const rule = secretRuleOf(pathOf(paths, node));
		if (rule !== undefined) rules.set(node, rule);
	}
	return rules;
}

const byPath = (a: SecretFile, b: SecretFile): number =>
	a.path === b.path ? a.layer - b.layer : a.path < b.path ? -1 : 1;

/** Files that are empty hold nothing; a copy whose content the layer that covers it has too is that layer's. */
function* secretFileSteps(tree: ImageTree): Steps<readonly SecretFile[]> {
	const rules = yield* rulesByNode(tree);
	if (rules.size === 0) return [];
	const factsOf = (layer: number, entry: number) => {
		const place = inodeOf(tree, layer, entry);
		const entries = tree.layers[layerOfInode(place)]?.entries;
		const at = entryOfInode(place);
		const isFile = entries?.kinds[at] === kindNumber.file;
		return isFile ? {bytes: entries.sizes[at] ?? 0, sum: entries.sums[at] ?? 0} : undefined;
	};
	const found: SecretFile[] = [];
	yield* copySteps(tree, (layer, entry, hiddenBy, _at, way, coverEntry) => {
		const entries = tree.layers[layer]?.entries;
		const node = entries?.nodes[entry] ?? 0;
		const rule = rules.get(node);
		const facts = rule === undefined ? undefined : factsOf(layer, entry);
		if (rule === undefined || facts === undefined || facts.bytes === 0) return;
		const cover = coverEntry === -1 ? undefined : factsOf(hiddenBy, coverEntry);
		if (cover !== undefined && cover.bytes === facts.bytes && cover.sum === facts.sum) return;
		const named = hidingWays[way];
		found.push({
			rule: rule.id,
			title: rule.title,
			path: pathOf(tree.paths, node),
			layer,
			bytes: facts.bytes,
			...(hiddenBy === -1 || named === undefined || named === 'shown' ? {} : {hiddenBy, way: named}),
		});
	});
	return found.toSorted(byPath);
}

/** Words after which nothing is meant to be secret: switches, small numbers, places, other variables. */
const harmlessValue = /^(?:|true|false|yes|no|on|off|none|null|\d{1,5}|\/[\w./-]*|\$.*)$/i;
/** Fingerprints of the keys that official images check downloads with. */
const harmlessName = /^GPG_KEYS?$/i;

const isSecret = (name: string, value: string): boolean =>
	isSecretName(name) &&
	!harmlessName.test(name) &&
	!harmlessValue.test(value.replace(/^(["'])(.*)\1$/, '$2'));

const assignment = /(?<![\w.$-])([A-Za-z_][\w.-]*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"';&|]*)/g;
const loginInUrl = /:\/\/[^\s/:@"'$]+:[^\s/"'@$]+@/;

const namesIn = (instruction: string): readonly string[] => [
	...[...instruction.matchAll(assignment)].flatMap(([, name = '', value = '']) =>
		isSecret(name, value) ? [name] : [],
	),
	...(loginInUrl.test(instruction) ? ['URL'] : []),
];

/** Names in the environment and in the instructions, each once, as they come. */
export const secretSettingsOf = ({env, history}: ImageConfig): readonly SecretSetting[] => {
	const inEnvironment = new Set(
		env.flatMap(entry => {
			const at = entry.indexOf('=');
			const [name, value] = [entry.slice(0, at), entry.slice(at + 1)];
			return at > 0 && (isSecret(name, value) || loginInUrl.test(value)) ? [name] : [];
		}),
	);
	const found = new Map<string, SecretSetting>();
	for (const name of inEnvironment) found.set(name, {place: 'env', name});
	let layer = 0;
	for (const [step, {createdBy, isEmpty}] of history.entries()) {
		for (const name of namesIn(createdBy)) {
			const known = found.get(name);
			if (known?.step !== undefined) continue;
			const place = known?.place ?? 'history';
			found.set(name, {place, name, step, ...(isEmpty ? {} : {layer})});
		}
		if (!isEmpty) layer += 1;
	}
	return [...found.values()];
};

/** What in an image looks like a secret, by name alone: no content is read. */
export const secretsOf = (tree: ImageTree): SecretReport => inOneGo(secretSteps(tree));

/** The same in steps. */
export function* secretSteps(tree: ImageTree): Steps<SecretReport> {
	const files = yield* secretFileSteps(tree);
	return {
		hidden: files.filter(({hiddenBy}) => hiddenBy !== undefined),
		shown: files.filter(({hiddenBy}) => hiddenBy === undefined),
		settings: tree.config === undefined ? [] : secretSettingsOf(tree.config),
	};
}
