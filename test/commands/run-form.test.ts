import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {runFields, specOf} from '../../source/commands/run-form.ts';
import {FormProblem} from '../../source/commands/types.ts';
import type {RunSpec} from '../../source/engine/run-types.ts';

const plain: RunSpec = {
	image: 'busy:1',
	ports: [],
	env: [],
	volumes: [],
	isTty: false,
	isInteractive: false,
	isAutoRemove: false,
};

const check = (id: string, value: string): string | undefined =>
	runFields('')
		.find(field => field.id === id)
		?.check?.(value);

suite('what the run form says', () => {
	const cases: readonly (readonly [field: string, value: string, spec: Partial<RunSpec>])[] = [
		['name', 'web', {name: 'web'}],
		['command', `sh -c 'echo "a b"'`, {command: ['sh', '-c', 'echo "a b"']}],
		['ports', '80', {ports: [{containerPort: 80, protocol: 'tcp'}]}],
		[
			'ports',
			'8080:80 127.0.0.1:5353:53/udp',
			{
				ports: [
					{containerPort: 80, hostPort: 8080, protocol: 'tcp'},
					{containerPort: 53, hostPort: 5353, hostIp: '127.0.0.1', protocol: 'udp'},
				],
			},
		],
		[
			'ports',
			'8080-8081:80-81',
			{
				ports: [
					{containerPort: 80, hostPort: 8080, protocol: 'tcp'},
					{containerPort: 81, hostPort: 8081, protocol: 'tcp'},
				],
			},
		],
		['env', 'A=1 B="two words" C=', {env: ['A=1', 'B=two words', 'C=']}],
		[
			'volumes',
			'/srv:/data:ro cache:/cache /tmp/x',
			{
				volumes: [
					{source: '/srv', target: '/data', isReadOnly: true},
					{source: 'cache', target: '/cache', isReadOnly: false},
					{target: '/tmp/x', isReadOnly: false},
				],
			},
		],
		['restart', 'always', {restart: {name: 'always'}}],
		['restart', 'on-failure:5', {restart: {name: 'on-failure', maximumRetryCount: 5}}],
		['network', 'host', {network: 'host'}],
		['memory', '512m', {memoryBytes: 512 * 1024 ** 2}],
		['cpus', '0.5', {cpus: 0.5}],
		['tty', 'yes', {isTty: true}],
		['interactive', 'yes', {isInteractive: true}],
		['remove', 'yes', {isAutoRemove: true}],
	];
	for (const [field, value, spec] of cases) {
		test(`${field} ${value}`, () => {
			assert.equal(check(field, value), undefined);
			assert.deepEqual(specOf({image: 'busy:1', [field]: value}), {...plain, ...spec});
		});
	}

	test('of nothing is nothing: engine and image decide', () => {
		const empty = Object.fromEntries(runFields('').map(({id}) => [id, '']));
		assert.deepEqual(specOf({...empty, image: 'busy:1'}), plain);
		for (const {id, check: checkField} of runFields(''))
			if (id !== 'image') assert.equal(checkField?.(''), undefined, id);
	});

	test('needs an image only', () => {
		assert.match(check('image', '') ?? '', /an image name is needed/);
		assert.match(check('image', '   ') ?? '', /an image name is needed/);
	});

	test('offers every field of a run once', () => {
		const ids = runFields('busy:1').map(({id}) => id);
		assert.equal(new Set(ids).size, ids.length);
		assert.equal(runFields('busy:1')[0]?.initial, 'busy:1');
		for (const {label, hint} of runFields('')) assert.ok(label !== '' && hint !== '');
	});
});

suite('a bad field is named with its value and the rule', () => {
	const cases: readonly (readonly [field: string, value: string, problem: RegExp])[] = [
		['image', 'Busy', /^"Busy": .*lower case/],
		['name', '-x', /^"-x": a name has/],
		['command', "sh -c 'x", /the quote ' is not closed/],
		['ports', '80 99999', /^"99999": a container port is 1 to 65535/],
		['ports', '80/http', /^"80\/http": the protocol is/],
		['env', '=x', /^"=x": .*the key is missing/],
		['volumes', 'data', /^"data": the target is an absolute path/],
		['volumes', './x:/x', /a path on the host is absolute/],
		['restart', 'sometimes', /^"sometimes": a restart policy is/],
		['network', 'a b', /^"a b": a network's name/],
		['memory', '5m', /6m at least/],
		['memory', 'much', /^"much": a memory limit is/],
		['cpus', '0', /^"0": a CPU limit is/],
	];
	for (const [field, value, problem] of cases) {
		test(`${field} ${value}`, () => {
			assert.match(check(field, value) ?? '', problem);
			if (field === 'image') return;
			assert.throws(
				() => specOf({image: 'busy:1', [field]: value}),
				(error: unknown) =>
					error instanceof FormProblem && error.field === field && problem.test(error.message),
			);
		});
	}

	for (const restart of ['always', 'unless-stopped', 'on-failure']) {
		test(`auto-remove excludes ${restart}`, () => {
			assert.throws(
				() => specOf({image: 'busy:1', remove: 'yes', restart}),
				(error: unknown) => error instanceof FormProblem && error.field === 'restart',
			);
		});
	}

	test('auto-remove goes with the policy no', () => {
		assert.equal(specOf({image: 'busy:1', remove: 'yes', restart: 'no'}).isAutoRemove, true);
	});
});
