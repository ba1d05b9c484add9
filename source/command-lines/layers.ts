import {type CiRules, defaultRules, type RuleName, ruleNames} from '../layers/reports/ci.ts';
import {parseRule} from '../layers/reports/ci-values.ts';
import type {LayersOptions} from './call.ts';
import {type CommandLine, engineOptions, questions, readEngineOptions, type Said} from './command-line.ts';

const help = `
  Usage
    $ gantry layers IMAGE|ARCHIVE|DIRECTORY [options]

  Says what the layers of an image hold: of an image of the engine (a name, digest
  or id), an archive (./image.tar, also with gzip or zstd), or the directory of an OCI
  layout. Archives and directories need no engine. Where an image has the name of a
  file, the file is meant if there is a slash in it, if it ends in .tar, .tgz or the
  like, or behind docker-archive:, oci-archive: or oci:.

  Options
    -H, --host HOST      Engine to connect to
    -c, --context NAME   Docker context to use
    --demo               An engine of an invented world
    --platform P         Of an image for several: os/architecture[/variant]
    --image NAME         Of an archive with several images
    --waste N            Wasted paths to show (20)
    --exclude-base       Only what the layers above the base store (also --no-base)
    --base-layers N      So many of the lowest layers are the base (1)
    --dive-compatible    Efficiency and waste as dive defines them
    --json               Print the whole analysis as JSON
    --files              With --json: every entry of every layer too
    --no-cache           Read everything anew, remember nothing
    --ci                 Check rules, exit with 1 when one fails
    --ci-config FILE     Take them from this file (.dive-ci, where there is one)
    --lowest-efficiency N            0 to 1, or disabled (${defaultRules.lowestEfficiency})
    --highest-wasted-bytes SIZE      such as 20MB, or disabled (${defaultRules.highestWastedBytes})
    --highest-user-wasted-percent N  0 to 1, or disabled (${defaultRules.highestUserWastedPercent})
    --highest-hidden-secrets N       or disabled (${defaultRules.highestHiddenSecrets})
    --help               Print this

  Exit codes: 0 done, 1 a rule fails or the image cannot be read, 2 wrong usage,
  130 interrupted.
`;

const dashed = (rule: RuleName): string =>
	`--${rule.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;

/** @returns the rules that were said, or what is wrong with one */
const readRules = ({value}: Said): Partial<CiRules> | string => {
	const rules: [RuleName, CiRules[RuleName]][] = [];
	for (const rule of ruleNames) {
		const text = value(dashed(rule));
		if (text === undefined) continue;
		const limit = parseRule(rule, text);
		if (!limit.ok) return `${dashed(rule)} ${limit.reason}`;
		rules.push([rule, limit.value]);
	}
	return Object.fromEntries(rules);
};

const readCi = (said: Said): LayersOptions['ci'] | string => {
	const rules = readRules(said);
	if (typeof rules === 'string') return rules;
	const file = said.value('--ci-config');
	if (said.has('--ci')) return {rules, ...(file === undefined ? {} : {file})};
	const [first] = ruleNames.filter(rule => rule in rules);
	const needless = file === undefined ? first && dashed(first) : '--ci-config';
	return needless === undefined ? undefined : `${needless} needs --ci`;
};

const countOf = (said: Said, name: string, otherwise: number): number | string => {
	const text = said.value(name);
	if (text === undefined) return otherwise;
	return /^\d{1,6}$/.test(text) ? Number(text) : `${name} is a whole number`;
};

/** `gantry layers`. */
export const layersLine: CommandLine = {
	help,
	hint: 'gantry layers --help',
	words: ['an image, an archive or a directory'],
	options: [
		...engineOptions,
		...questions,
		{name: '--platform', takes: 'value'},
		{name: '--image', takes: 'value'},
		{name: '--waste', takes: 'value'},
		{name: '--exclude-base', also: ['--no-base'], takes: 'nothing'},
		{name: '--base-layers', takes: 'value'},
		{name: '--dive-compatible', takes: 'nothing'},
		{name: '--json', takes: 'nothing'},
		{name: '--files', takes: 'nothing'},
		{name: '--no-cache', takes: 'nothing'},
		{name: '--ci', takes: 'nothing'},
		{name: '--ci-config', takes: 'value'},
		// As dive spells them, too.
		...ruleNames.map(rule => ({name: dashed(rule), also: [`--${rule}`], takes: 'value' as const})),
	],
	read(said) {
		const engine = readEngineOptions(said);
		if (typeof engine === 'string') return engine;
		const ci = readCi(said);
		if (typeof ci === 'string') return ci;
		const wasteItems = countOf(said, '--waste', 20);
		if (typeof wasteItems === 'string') return wasteItems;
		const baseLayers = countOf(said, '--base-layers', 1);
		if (typeof baseLayers === 'string') return baseLayers;
		if (said.has('--files') && !said.has('--json')) return '--files needs --json';
		const [platform, reference] = [said.value('--platform'), said.value('--image')];
		if (platform !== undefined && !/^[\w.-]+\/[\w.-]+(?:\/[\w.-]+)?$/.test(platform))
			return '--platform is os/architecture, such as linux/arm64';
		return {
			kind: 'layers',
			options: {
				target: said.words[0] ?? '',
				isJson: said.has('--json'),
				hasFiles: said.has('--files'),
				wasteItems,
				isBaseExcluded: said.has('--exclude-base'),
				baseLayers,
				isDiveCompatible: said.has('--dive-compatible'),
				isCached: !said.has('--no-cache'),
				...engine,
				...(platform === undefined ? {} : {platform}),
				...(reference === undefined ? {} : {reference}),
				...(ci === undefined ? {} : {ci}),
			},
		};
	},
};
