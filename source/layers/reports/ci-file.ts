import {isMap, isScalar, parseDocument} from 'yaml';
import {type CiRules, type RuleName, ruleNames} from './ci.ts';
import {parseRule, ruleOf} from './ci-values.ts';

/** A file of rules that cannot be used; the message names the file, the key and the value. */
export class CiFileError extends Error {
	override readonly name = 'CiFileError';
}

export type CiFile = {
	readonly rules: Partial<CiRules>;
	/** Keys beside the rules that nobody here knows: plugins, misspelt names. */
	readonly ignored: readonly string[];
};

const lineOf = (text: string, offset: number | undefined): string =>
	offset === undefined ? '' : `:${text.slice(0, offset).split('\n').length}`;

/**
 * Rules of a `.dive-ci`: YAML with a map `rules`, names in either spelling, values as numbers or texts. Where both
 * spellings of one rule are there, the older one counts, as it does with dive.
 * @param name of the file, for messages
 * @throws CiFileError
 */
export const parseCiFile = (text: string, name: string): CiFile => {
	const document = parseDocument(text);
	const [problem] = document.errors;
	if (problem !== undefined) {
		const [words = ''] = problem.message.split(/ at line |\n/);
		throw new CiFileError(`${name}${lineOf(text, problem.pos[0])}: ${words}`);
	}
	const {contents} = document;
	if (contents === null || (isScalar(contents) && contents.value === null)) return {rules: {}, ignored: []};
	if (!isMap(contents)) throw new CiFileError(`${name}: a map with the key "rules" is expected`);
	const rules = contents.get('rules', true);
	if (rules === undefined || (isScalar(rules) && rules.value === null)) return {rules: {}, ignored: []};
	if (!isMap(rules)) throw new CiFileError(`${name}: "rules" is a map of rules and their limits`);
	const found = new Map<RuleName, CiRules[RuleName]>();
	const spelled = new Map<RuleName, string>();
	const ignored: string[] = [];
	for (const {key, value} of rules.items) {
		const spelling = isScalar(key) ? String(key.value) : String(key);
		const rule = ruleOf(spelling);
		if (rule === undefined) {
			ignored.push(spelling);
			continue;
		}
		const place = `${name}${lineOf(text, isScalar(key) ? key.range?.[0] : undefined)}: ${spelling}`;
		if (!isScalar(value) && value !== null) throw new CiFileError(`${place}: a number or a text is expected`);
		const limit = parseRule(rule, textOf(value));
		if (!limit.ok) throw new CiFileError(`${place}: ${limit.reason}`);
		if (spelled.get(rule) !== rule) found.set(rule, limit.value);
		if (spelled.get(rule) !== rule) spelled.set(rule, spelling);
	}
	return {rules: Object.fromEntries(ruleNames.flatMap(rule => entryOf(found, rule))), ignored};
};

const entryOf = (found: ReadonlyMap<RuleName, CiRules[RuleName]>, rule: RuleName) => {
	const limit = found.get(rule);
	return limit === undefined ? [] : [[rule, limit] as const];
};

/** As it stands there: `0.90` is a text too. */
const textOf = (value: unknown): string => {
	if (!isScalar(value) || value.value === null || value.value === undefined) return '';
	return value.source ?? String(value.value);
};
