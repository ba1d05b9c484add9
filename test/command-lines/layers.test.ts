import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {parseCall} from '../../source/cli.ts';
import type {LayersOptions} from '../../source/command-lines/call.ts';

const plain: LayersOptions = {
	target: 'app:1',
	isJson: false,
	hasFiles: false,
	wasteItems: 20,
	isBaseExcluded: false,
	baseLayers: 1,
	isDiveCompatible: false,
	isCached: true,
};
const call = (line: string) => parseCall(line.split(' '), '1.2.3');

suite('gantry layers', () => {
	const cases: readonly (readonly [line: string, options: Partial<LayersOptions>])[] = [
		['layers app:1', {}],
		['layers --json app:1 --files', {isJson: true, hasFiles: true}],
		['-H tcp://a:1 layers app:1', {host: 'tcp://a:1'}],
		['layers app:1 -c prod', {context: 'prod'}],
		['--host layers layers app:1', {host: 'layers'}],
		['layers app:1 --demo', {demo: 'always'}],
		['layers layers', {target: 'layers'}],
		[
			'layers app:1 --waste 0 --base-layers=3 --exclude-base',
			{wasteItems: 0, baseLayers: 3, isBaseExcluded: true},
		],
		['layers app:1 --no-base --no-cache', {isBaseExcluded: true, isCached: false}],
		['layers app:1 --platform linux/arm64/v8 --image a:2', {platform: 'linux/arm64/v8', reference: 'a:2'}],
		['layers app:1 --dive-compatible', {isDiveCompatible: true}],
		['layers app:1 --ci', {ci: {rules: {}}}],
		['layers app:1 --ci --ci-config x.yaml', {ci: {file: 'x.yaml', rules: {}}}],
		[
			'layers app:1 --ci --lowest-efficiency 0.95 --highest-wasted-bytes=20MB --highest-hidden-secrets off',
			{ci: {rules: {lowestEfficiency: 0.95, highestWastedBytes: 20e6, highestHiddenSecrets: 'disabled'}}},
		],
		[
			'layers app:1 --ci --lowestEfficiency=1 --highestUserWastedPercent disabled',
			{ci: {rules: {lowestEfficiency: 1, highestUserWastedPercent: 'disabled'}}},
		],
	];
	for (const [line, options] of cases)
		test(`gantry ${line}`, () => {
			assert.deepEqual(call(line), {kind: 'layers', options: {...plain, ...options}});
		});

	for (const [line, problem] of [
		['layers', 'an image, an archive or a directory is missing'],
		['layers a b', '"b" is one too many'],
		['layers a --read-only', 'unknown option --read-only'],
		['layers a --waste many', '--waste is a whole number'],
		['layers a --base-layers -1', '--base-layers needs a value'],
		['layers a --files', '--files needs --json'],
		['layers a --platform arm64', '--platform is os/architecture, such as linux/arm64'],
		['layers a --lowest-efficiency 0.9', '--lowest-efficiency needs --ci'],
		['layers a --ci-config x', '--ci-config needs --ci'],
		[
			'layers a --ci --lowest-efficiency 95',
			'--lowest-efficiency "95": a share is a number from 0 to 1, or disabled',
		],
		['layers a -H tcp://a:1 -c b', '--host and --context exclude each other'],
		['layers a --no-json', 'unknown option --no-json'],
	] as const)
		test(`gantry ${line}: ${problem}`, () => {
			const text = `gantry: ${problem}. Try gantry layers --help.`;
			assert.deepEqual(call(line), {kind: 'print', text, exitCode: 2});
		});

	test('its help names every option and exit code', () => {
		const answer = call('layers --help');
		assert.ok(answer.kind === 'print' && answer.exitCode === 0);
		for (const option of [
			'--host',
			'--context',
			'--platform',
			'--image',
			'--waste',
			'--exclude-base',
			'--base-layers',
			'--dive-compatible',
			'--json',
			'--files',
			'--no-cache',
			'--ci',
			'--ci-config',
			'--lowest-efficiency',
			'--highest-wasted-bytes',
			'--highest-user-wasted-percent',
			'--highest-hidden-secrets',
		])
			assert.ok(answer.text.includes(option), option);
		assert.match(answer.text, /Exit codes: 0 .*1 .*2 .*130 /s);
		assert.ok(answer.text.split('\n').every(line => line.length <= 88));
		const general = call('--help');
		assert.ok(general.kind === 'print' && general.text.includes('gantry layers'));
	});
});
