import {accept, type Parsed, refuse} from '../../format/parsed.ts';
import {type CiRules, type RuleName, ruleNames} from './ci.ts';

const powers: Readonly<Record<string, number>> = {
	'': 1,
	b: 1,
	...Object.fromEntries(
		['k', 'm', 'g', 't', 'p'].flatMap((letter, index) => [
			[letter, 1000 ** (index + 1)],
			[`${letter}b`, 1000 ** (index + 1)],
			[`${letter}i`, 1024 ** (index + 1)],
			[`${letter}ib`, 1024 ** (index + 1)],
		]),
	),
};

/** `20MB` (decimal), `20 MiB`, `1,500`. Source: dustin/go-humanize `ParseBytes`, which dive reads sizes with. */
const parseDiveBytes = (text: string): Parsed<number> => {
	const [, digits = '', unit = ''] = /^(\d[\d,]*(?:\.\d+)?) *([a-z]*)$/i.exec(text.trim()) ?? [];
	const power = powers[unit.toLowerCase()];
	const bytes = Math.floor(Number(digits.replaceAll(',', '')) * (power ?? Number.NaN));
	return digits === '' || !Number.isSafeInteger(bytes)
		? refuse(text, 'a size is a number with B, kB, MB, GB or KiB, MiB, GiB, or disabled')
		: accept(bytes);
};

const parseShare = (text: string): Parsed<number> => {
	const value = /^\d*\.?\d+(?:e-?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
	return value >= 0 && value <= 1
		? accept(value)
		: refuse(text, 'a share is a number from 0 to 1, or disabled');
};

const parseCount = (text: string): Parsed<number> =>
	/^\d{1,9}$/.test(text.trim())
		? accept(Number(text))
		: refuse(text, 'a count is a whole number, or disabled');

const isDisabled = (text: string): boolean =>
	['', 'disabled', 'off', 'false'].includes(text.trim().toLowerCase());

/** A rule's limit as it stands in a file or on the command line. */
export const parseRule = (rule: RuleName, text: string): Parsed<CiRules[RuleName]> => {
	if (isDisabled(text)) return accept('disabled');
	switch (rule) {
		case 'lowestEfficiency':
		case 'highestUserWastedPercent':
			return parseShare(text);
		case 'highestWastedBytes':
			return parseDiveBytes(text);
		case 'highestHiddenSecrets':
			return parseCount(text);
		default:
			return rule satisfies never;
	}
};

/** `lowest-efficiency` → `lowestEfficiency`; both are names of a rule. */
export const ruleOf = (key: string): RuleName | undefined => {
	const camel = key.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
	return ruleNames.find(rule => rule === camel);
};
