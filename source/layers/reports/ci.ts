import {formatSize} from '../../format/bytes.ts';
import {counted} from '../../format/counted.ts';

/** Names as dive's reports and older `.dive-ci` files have them; the last is ours. */
export const ruleNames = [
	'lowestEfficiency',
	'highestWastedBytes',
	'highestUserWastedPercent',
	'highestHiddenSecrets',
] as const;
export type RuleName = (typeof ruleNames)[number];

/** What must hold; `disabled`: it is not looked at. */
export type CiRules = Readonly<Record<RuleName, number | 'disabled'>>;

/** Dive's own where a file and the command line say nothing, and no secret that is only hidden. */
export const defaultRules: CiRules = {
	lowestEfficiency: 0.9,
	highestWastedBytes: 'disabled',
	highestUserWastedPercent: 0.1,
	highestHiddenSecrets: 0,
};

/** What is judged. */
export type CiFigures = {
	/** 0 to 1. */
	readonly efficiency: number;
	readonly wastedBytes: number;
	/** 0 to 1, by dive's definition more. */
	readonly userWastedShare: number;
	readonly hiddenSecrets: number;
};

export type RuleResult = {
	readonly rule: RuleName;
	readonly status: 'PASS' | 'FAIL' | 'SKIP';
	/** What was found and what is asked for. */
	readonly words: string;
};

/** Down to four digits behind the point, so that 0.89996 is not said to be lower than 0.9 by being 0.9. */
const share = (value: number): string => String(Math.floor(value * 10_000) / 10_000);

const bytes = (value: number): string => `${formatSize(value)} (${value} bytes)`;

const rules: Readonly<
	Record<
		RuleName,
		{
			readonly read: (figures: CiFigures) => number;
			readonly fails: (found: number, limit: number) => boolean;
			readonly noun: string;
			readonly words: (value: number) => string;
		}
	>
> = {
	lowestEfficiency: {
		read: ({efficiency}) => efficiency,
		fails: (found, limit) => found < limit,
		noun: 'efficiency',
		words: share,
	},
	highestWastedBytes: {
		read: ({wastedBytes}) => wastedBytes,
		fails: (found, limit) => found > limit,
		noun: 'wasted',
		words: bytes,
	},
	highestUserWastedPercent: {
		read: ({userWastedShare}) => userWastedShare,
		fails: (found, limit) => found > limit,
		noun: 'wasted share above the base',
		words: value => String(Math.ceil(value * 10_000) / 10_000),
	},
	highestHiddenSecrets: {
		read: ({hiddenSecrets}) => hiddenSecrets,
		fails: (found, limit) => found > limit,
		noun: 'found',
		words: value => counted(value, 'hidden secret'),
	},
};

/** Each rule in turn; a limit that is met exactly passes, as it does with dive. */
export const judge = (figures: CiFigures, limits: CiRules): readonly RuleResult[] =>
	ruleNames.map(rule => {
		const limit = limits[rule];
		if (limit === 'disabled') return {rule, status: 'SKIP', words: 'rule disabled'};
		const {read, fails, noun, words} = rules[rule];
		const found = read(figures);
		const side = rule === 'lowestEfficiency' ? 'at least' : 'at most';
		return {
			rule,
			status: fails(found, limit) ? 'FAIL' : 'PASS',
			words: `${noun} ${words(found)}, ${side} ${words(limit)}`,
		};
	});
