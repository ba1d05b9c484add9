import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {type CiFigures, defaultRules, judge} from '../../../source/layers/reports/ci.ts';
import {CiFileError, parseCiFile} from '../../../source/layers/reports/ci-file.ts';
import {parseRule} from '../../../source/layers/reports/ci-values.ts';

const fine: CiFigures = {efficiency: 1, wastedBytes: 0, userWastedShare: 0, hiddenSecrets: 0};
const results = (figures: Partial<CiFigures>, rules = {}) =>
	judge({...fine, ...figures}, {...defaultRules, ...rules}).map(({rule, status}) => `${status} ${rule}`);

suite('rules', () => {
	test('defaults are those of dive, and no hidden secret', () => {
		assert.deepEqual(results({}), [
			'PASS lowestEfficiency',
			'SKIP highestWastedBytes',
			'PASS highestUserWastedPercent',
			'PASS highestHiddenSecrets',
		]);
		assert.deepEqual(
			results({efficiency: 0.899, userWastedShare: 0.101, wastedBytes: 1e12, hiddenSecrets: 1}),
			[
				'FAIL lowestEfficiency',
				'SKIP highestWastedBytes',
				'FAIL highestUserWastedPercent',
				'FAIL highestHiddenSecrets',
			],
		);
	});

	test('a limit that is met exactly passes', () => {
		const met = results(
			{efficiency: 0.9, wastedBytes: 10, userWastedShare: 0.1, hiddenSecrets: 2},
			{highestWastedBytes: 10, highestHiddenSecrets: 2},
		);
		assert.ok(
			met.every(result => result.startsWith('PASS')),
			met.join(),
		);
		assert.deepEqual(results({wastedBytes: 11}, {highestWastedBytes: 10})[1], 'FAIL highestWastedBytes');
	});

	test('what is said never rounds a failure into a pass', () => {
		const [efficiency, wasted, share] = judge(
			{...fine, efficiency: 0.899999, wastedBytes: 20_000_001, userWastedShare: 0.1000001},
			{...defaultRules, highestWastedBytes: 20_000_000},
		);
		assert.equal(efficiency?.words, 'efficiency 0.8999, at least 0.9');
		assert.equal(wasted?.words, 'wasted 20MB (20000001 bytes), at most 20MB (20000000 bytes)');
		assert.equal(share?.words, 'wasted share above the base 0.1001, at most 0.1');
	});
});

suite('limits', () => {
	for (const [text, bytes] of [
		['20MB', 20_000_000],
		['20Mb', 20_000_000],
		['20 mib', 20 * 1024 ** 2],
		['1.5k', 1500],
		['1,500', 1500],
		['0', 0],
		['disabled', 'disabled'],
		['OFF', 'disabled'],
		['false', 'disabled'],
		['', 'disabled'],
	] as const)
		test(`bytes "${text}"`, () => {
			assert.deepEqual(parseRule('highestWastedBytes', text), {ok: true, value: bytes});
		});
	for (const [rule, text] of [
		['highestWastedBytes', '20 apples'],
		['highestWastedBytes', '-1'],
		['highestWastedBytes', 'MB'],
		['lowestEfficiency', '95%'],
		['lowestEfficiency', '1.1'],
		['lowestEfficiency', 'NaN'],
		['highestUserWastedPercent', '20'],
		['highestHiddenSecrets', '1.5'],
	] as const)
		test(`${rule} "${text}" is refused with the value and the rule`, () => {
			const parsed = parseRule(rule, text);
			assert.ok(!parsed.ok && parsed.reason.startsWith(`"${text}": a `), JSON.stringify(parsed));
		});
});

suite('a .dive-ci', () => {
	test('as dive documents it, in the older names', () => {
		const text = `---
plugins:
  - plugin1

rules:
  # If the efficiency is measured below X%, mark as failed.
  lowestEfficiency: 0.95
  highestWastedBytes: 20Mb
  highestUserWastedPercent: 0.10
  plugin1/rule1: error
`;
		assert.deepEqual(parseCiFile(text, '.dive-ci'), {
			rules: {lowestEfficiency: 0.95, highestWastedBytes: 20_000_000, highestUserWastedPercent: 0.1},
			ignored: ['plugin1/rule1'],
		});
	});

	test('in the newer names, with texts, switches and a rule of ours', () => {
		const text = `rules:
  lowest-efficiency: "0.9"
  highest-wasted-bytes: disabled
  highest-user-wasted-percent: off
  highest-hidden-secrets: 2
`;
		assert.deepEqual(parseCiFile(text, 'x').rules, {
			lowestEfficiency: 0.9,
			highestWastedBytes: 'disabled',
			highestUserWastedPercent: 'disabled',
			highestHiddenSecrets: 2,
		});
	});

	test('of both spellings the older one counts, wherever it stands', () => {
		for (const lines of [
			'  lowestEfficiency: 0.5\n  lowest-efficiency: 0.7',
			'  lowest-efficiency: 0.7\n  lowestEfficiency: 0.5',
		])
			assert.deepEqual(parseCiFile(`rules:\n${lines}\n`, 'x').rules, {lowestEfficiency: 0.5});
	});

	test('nothing in it changes nothing', () => {
		for (const text of ['', '---\n', 'rules:\n', '# only words\n', 'plugins: []\n'])
			assert.deepEqual(parseCiFile(text, 'x'), {rules: {}, ignored: []});
	});

	for (const [text, words] of [
		[
			'rules:\n  lowestEfficiency: high\n',
			'ci.yaml:2: lowestEfficiency: "high": a share is a number from 0 to 1, or disabled',
		],
		[
			'rules:\n\n  highest-wasted-bytes: 1 elephant',
			'ci.yaml:3: highest-wasted-bytes: "1 elephant": a size is a number with B, kB, MB, GB or KiB, MiB, GiB, or disabled',
		],
		['rules:\n  lowestEfficiency: [1]\n', 'ci.yaml:2: lowestEfficiency: a number or a text is expected'],
		['rules: 5\n', 'ci.yaml: "rules" is a map of rules and their limits'],
		['- a\n', 'ci.yaml: a map with the key "rules" is expected'],
		['a: 1\na: 2\n', 'ci.yaml:2: Map keys must be unique'],
	] as const)
		test(JSON.stringify(text), () => {
			assert.throws(() => parseCiFile(text, 'ci.yaml'), new CiFileError(words));
		});
});
