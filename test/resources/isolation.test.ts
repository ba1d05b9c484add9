import assert from 'node:assert/strict';
import {test} from 'node:test';
import type {ContainerFacts, IsolationFacts} from '../../source/engine/container-facts.ts';
import {decodeContainerFacts} from '../../source/engine/decode/container-facts.ts';
import {effectiveCapabilities} from '../../source/resources/capabilities.ts';
import {configTables} from '../../source/resources/config-tables.ts';
import {isolationFindings} from '../../source/resources/isolation-findings.ts';
import {isolationTables} from '../../source/resources/isolation-tables.ts';
import {recorded} from '../engine/fixtures.ts';

const plain = decodeContainerFacts({});
const context = {isPodman: false, nameOf: (id: string) => (id === 'deadbeef' ? 'owner' : id)};

const withIsolation = (
	parts: Partial<IsolationFacts>,
	more: Partial<ContainerFacts> = {},
): ContainerFacts => ({
	...plain,
	...more,
	isolation: {...plain.isolation, ...parts},
});

const said = (facts: ContainerFacts): readonly string[] =>
	isolationFindings(facts, context).map(({text, tone}) => `${tone ?? 'plain'}: ${text}`);

const mount = (source: string, isWritable = true) => ({
	type: 'bind',
	name: '',
	source,
	target: '/inside',
	isWritable,
	options: '',
	propagation: '',
	driver: '',
});

test('a plain container has no warning', () => {
	assert.deepEqual(said(plain), ['plain: runs as root inside']);
});

test('what breaks the isolation is said, the worst first', () => {
	const texts = said(
		withIsolation(
			{
				networkMode: 'host',
				pidMode: 'host',
				securityOptions: ['seccomp=unconfined'],
				addedCapabilities: ['SYS_ADMIN'],
			},
			{mounts: [mount('/srv/x', false), mount('/var/run/docker.sock'), mount('/'), mount('/etc', false)]},
		),
	);
	const starts = texts.map(text => text.slice(0, text.indexOf(':')));
	assert.deepEqual(
		starts,
		starts.toSorted(
			(a, b) => ['trouble', 'watch', 'plain'].indexOf(a) - ['trouble', 'watch', 'plain'].indexOf(b),
		),
	);
	for (const part of [
		'trouble: sees and can signal every process of the host',
		'trouble: controls the engine: its socket /var/run/docker.sock is mounted at /inside',
		"trouble: writes to the host's whole file system",
		'trouble: has CAP_SYS_ADMIN',
		'trouble: may make every system call',
		"watch: uses the host's network",
		'watch: reads /etc of the host',
		'plain: reads /srv/x of the host',
	])
		assert.ok(
			texts.some(text => text.startsWith(part)),
			`${part}\n${texts.join('\n')}`,
		);
});

test('privileged says it once, for all that goes with it', () => {
	const texts = said(withIsolation({isPrivileged: true, maskedPaths: [], addedCapabilities: ['SYS_ADMIN']}));
	assert.deepEqual(texts, [
		'trouble: is privileged: every capability and device of the host, no seccomp, no AppArmor',
		'plain: runs as root inside',
	]);
});

test('namespaces of another container, and what keeps it apart', () => {
	const texts = said(
		withIsolation(
			{
				networkMode: 'container:deadbeef',
				securityOptions: ['no-new-privileges:true'],
				isRootReadOnly: true,
				droppedCapabilities: ['ALL'],
			},
			{program: {...plain.program, user: '1000:1000'}},
		),
	);
	assert.deepEqual(texts, [
		'plain: shares its network with the container owner',
		'good: has no capability at all',
		'good: cannot gain privileges (no-new-privileges)',
		'good: cannot change its root file system (read-only)',
		'good: runs as 1000:1000, not as root',
	]);
});

test('no-new-privileges=false is not taken for the opposite', () => {
	assert.deepEqual(said(withIsolation({securityOptions: ['no-new-privileges=false']})), [
		'plain: runs as root inside',
	]);
});

test('the capabilities that it may have', () => {
	const of = (parts: Partial<IsolationFacts>, isPodman = false) =>
		effectiveCapabilities(withIsolation(parts).isolation, isPodman);
	const names = (parts: Partial<IsolationFacts>, isPodman = false) => {
		const found = of(parts, isPodman);
		return found.kind === 'all' ? ['ALL', ...found.but] : found.names;
	};
	assert.equal(names({}).length, 14);
	assert.equal(names({}, true).length, 11);
	assert.deepEqual(names({droppedCapabilities: ['ALL'], addedCapabilities: ['NET_ADMIN']}), ['NET_ADMIN']);
	assert.ok(!names({droppedCapabilities: ['MKNOD']}).includes('MKNOD'));
	assert.deepEqual(names({addedCapabilities: ['ALL'], droppedCapabilities: ['SYS_TIME']}), [
		'ALL',
		'SYS_TIME',
	]);
	assert.deepEqual(names({isPrivileged: true, droppedCapabilities: ['ALL']}), ['ALL']);
});

const textOf = (tables: ReturnType<typeof configTables>): string =>
	tables
		.map(({headers, rows}) =>
			[headers.join('|'), ...rows.map(row => row.map(({text}) => text).join('|'))].join('\n'),
		)
		.join('\n');

for (const fixture of ['inspect-full-1.41', 'inspect-1.51', 'inspect-podman', 'inspect-exited-1.41'])
	test(`tables of ${fixture}: every row as wide as its headers, nothing that could move the cursor`, () => {
		const facts = decodeContainerFacts(recorded(fixture));
		const tables = [...configTables(facts, {isRevealed: true}), ...isolationTables(facts, context)];
		for (const {headers, rows} of tables) for (const row of rows) assert.equal(row.length, headers.length);
		assert.doesNotMatch(textOf(tables), /[^\P{Cc}\n]|undefined|NaN/u);
	});

test('the tables hide what looks secret until it is asked for', () => {
	const facts = decodeContainerFacts(recorded('inspect-full-1.41'));
	const hidden = textOf(configTables(facts, {isRevealed: false}));
	for (const secret of ['hunter2', 'geheim', 'k123', 'topsecret'])
		assert.ok(!hidden.includes(secret), secret);
	assert.match(hidden, /DB_PASSWORD\|\*{6}/);
	const shown = textOf(configTables(facts, {isRevealed: true}));
	for (const secret of ['hunter2', 'geheim', 'k123', 'topsecret']) assert.ok(shown.includes(secret), secret);
});
