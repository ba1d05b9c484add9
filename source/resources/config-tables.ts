import type {
	ContainerFacts,
	HealthFacts,
	LifeFacts,
	LimitFacts,
	ProgramFacts,
} from '../engine/container-facts.ts';
import {formatMemory} from '../format/bytes.ts';
import {maskEntries, maskText} from '../format/secrets.ts';
import {quoteWord} from '../format/shell-words.ts';
import {
	absent,
	cell,
	commandCell,
	entryCells,
	type FactCell,
	type FactOptions,
	type FactTable,
	fact,
	hidden,
	orAbsent,
	timeCell,
	timeText,
} from './fact-table.ts';
import {portTable} from './port-table.ts';

/** How a container was made and how it is: the tables of its configuration, in the order in which they are read. */
export const configTables = (facts: ContainerFacts, options: FactOptions): readonly FactTable[] => [
	programTable(facts.program, options),
	lifeTable(facts),
	...(facts.health === undefined ? [] : healthTables(facts.health, options)),
	limitTable(facts.limits),
	entryTable('Environment', facts.environment, options),
	entryTable(
		'Label',
		Object.entries(facts.labels).map(([name, value]) => `${name}=${value}`),
		options,
	),
	{...portTable(facts.ports), side: 'right'},
	{
		headers: [`Log driver: ${facts.log.driver || 'none'}`, 'Option'],
		rows: Object.entries(facts.log.options).map(([name, value]) => entryCells(`${name}=${value}`, options)),
		side: 'right',
	},
];

const yesNo = (isOn: boolean): FactCell => (isOn ? cell('yes') : absent('no'));

const programTable = (program: ProgramFacts, options: FactOptions): FactTable => ({
	headers: ['Program', ''],
	rows: [
		fact('entrypoint', commandCell(program.entrypoint, 'none', quoteWord, options)),
		fact('command', commandCell(program.command, 'none', quoteWord, options)),
		fact('user', orAbsent(program.user, 'root (none is set)')),
		fact('working directory', orAbsent(program.workingDirectory, '/')),
		fact(
			'hostname',
			orAbsent([program.hostname, program.domainname].filter(Boolean).join('.'), "the host's"),
		),
		fact('terminal (-t)', yesNo(program.isTty)),
		fact('stdin open (-i)', yesNo(program.isStdinOpen)),
		fact(
			'stops with',
			cell(
				`${program.stopSignal || 'SIGTERM'}, SIGKILL after ${program.stopGraceSeconds ?? 10} s${
					program.stopGraceSeconds === undefined ? " (the engine's own)" : ''
				}`,
			),
		),
		...(program.hasInit === undefined ? [] : [fact('init (--init)', yesNo(program.hasInit))]),
	],
	side: 'left',
});

const restartText = ({restartPolicy, maximumRetries}: LifeFacts): string =>
	restartPolicy === 'on-failure' && maximumRetries > 0
		? `on-failure, at most ${maximumRetries} times`
		: restartPolicy;

const exitCell = ({exitCode, isOomKilled}: LifeFacts): FactCell => {
	if (exitCode === undefined) return absent('none');
	const text = isOomKilled ? `${exitCode}, killed: out of memory` : String(exitCode);
	return cell(text, exitCode === 0 ? undefined : 'trouble');
};

const lifeTable = ({life, image}: ContainerFacts): FactTable => ({
	headers: ['State', ''],
	rows: [
		fact('status', cell(life.status, life.status === 'running' ? 'good' : undefined)),
		fact('image', cell(image.name)),
		fact('image id', cell(image.id)),
		...(image.platform === '' ? [] : [fact('platform', cell(image.platform))]),
		fact('created', timeCell(life.createdAt, 'unknown')),
		fact('started', timeCell(life.startedAt, 'never')),
		fact('finished', timeCell(life.finishedAt, 'never')),
		fact('exit code', exitCell(life)),
		...(life.error === '' ? [] : [fact('error', cell(life.error, 'trouble'))]),
		...(life.pid === 0 ? [] : [fact('pid on the host', cell(String(life.pid)))]),
		fact('restart policy', cell(restartText(life))),
		fact('restarts', cell(String(life.restartCount), life.restartCount > 0 ? 'watch' : undefined)),
		...(life.isAutoRemove ? [fact('auto-remove (--rm)', cell('yes, when it ends'))] : []),
	],
	side: 'left',
});

const seconds = (ms: number | undefined, own: string): FactCell =>
	ms === undefined ? absent(`${own} (the engine's own)`) : cell(`${ms / 1000} s`);

const testText = ([kind = '', ...rest]: readonly string[], quote: (word: string) => string): string => {
	if (kind === 'NONE') return 'none: switched off';
	return kind === 'CMD-SHELL' ? rest.join(' ') : rest.map(quote).join(' ');
};

const healthTables = (health: HealthFacts, options: FactOptions): readonly FactTable[] => {
	const whole = testText(health.test, quoteWord);
	const shown = options.isRevealed ? whole : testText(maskEntries(health.test), quoteWord);
	const tone = health.status === 'healthy' ? 'good' : health.status === 'unhealthy' ? 'trouble' : 'watch';
	const check: FactTable = {
		headers: ['Health check', ''],
		rows: [
			fact('status', health.status === '' ? absent('not known') : cell(health.status, tone)),
			fact(
				'failing streak',
				cell(String(health.failingStreak), health.failingStreak > 0 ? 'trouble' : undefined),
			),
			fact('test', whole === '' ? absent("the image's own") : hidden(shown, whole)),
			fact('interval', seconds(health.intervalMs, '30 s')),
			fact('timeout', seconds(health.timeoutMs, '30 s')),
			fact(
				'retries',
				health.retries === undefined ? absent("3 (the engine's own)") : cell(String(health.retries)),
			),
			fact('start period', seconds(health.startPeriodMs, '0 s')),
			...(health.startIntervalMs === undefined
				? []
				: [fact('start interval', seconds(health.startIntervalMs, ''))]),
		],
		side: 'left',
	};
	return health.probes.length === 0 ? [check] : [check, probeTable(health, options)];
};

/** The newest first: it is the one that is asked for. */
const probeTable = ({probes}: HealthFacts, {isRevealed}: FactOptions): FactTable => ({
	headers: ['Last checks', 'Exit', 'Took', 'Output'],
	rows: probes.toReversed().map(({startedAt, endedAt, exitCode, output}) => {
		const said = output.trim();
		const took = startedAt === undefined || endedAt === undefined ? '' : `${endedAt - startedAt} ms`;
		return [
			timeCellShort(endedAt ?? startedAt),
			cell(String(exitCode), exitCode === 0 ? 'good' : 'trouble'),
			cell(took),
			said === '' ? absent('nothing') : hidden(isRevealed ? said : maskText(said), said),
		];
	}),
	side: 'left',
});

const timeCellShort = (ms: number | undefined): FactCell =>
	ms === undefined ? absent('-') : cell(timeText(ms));

const bytes = (amount: number | undefined, none: string): FactCell =>
	amount === undefined ? absent(none) : cell(formatMemory(amount));

const amount = (value: number | undefined, none: string): FactCell =>
	value === undefined ? absent(none) : cell(String(value));

const swapCell = ({memoryBytes, memorySwapBytes}: LimitFacts): FactCell => {
	if (memorySwapBytes === 'unlimited') return cell('as much as the host has');
	if (memorySwapBytes === undefined)
		return absent(memoryBytes === undefined ? 'no limit' : 'as much again as memory');
	const swap = memorySwapBytes - (memoryBytes ?? 0);
	return swap <= 0
		? cell('none')
		: cell(`${formatMemory(swap)} (with memory ${formatMemory(memorySwapBytes)})`);
};

const many = (value: number): string => (value < 0 ? 'unlimited' : String(value));

const limitTable = (limits: LimitFacts): FactTable => ({
	headers: ['Limits', ''],
	rows: [
		fact('memory', bytes(limits.memoryBytes, 'no limit')),
		fact('memory reservation', bytes(limits.memoryReservationBytes, 'none')),
		fact('swap', swapCell(limits)),
		...(limits.memorySwappiness === undefined
			? []
			: [fact('swappiness', cell(String(limits.memorySwappiness)))]),
		fact('CPUs', amount(limits.cpus, 'no limit')),
		fact('CPU shares', amount(limits.cpuShares, "1024 (the engine's own)")),
		fact('on CPUs', orAbsent(limits.cpusetCpus, 'all')),
		...(limits.cpusetMems === '' ? [] : [fact('on memory nodes', cell(limits.cpusetMems))]),
		fact('processes', amount(limits.pids, 'no limit')),
		fact('shared memory', bytes(limits.shmBytes, "the engine's own")),
		...limits.ulimits.map(({name, soft, hard}) =>
			fact(`ulimit ${name}`, cell(soft === hard ? many(soft) : `${many(soft)}, at most ${many(hard)}`)),
		),
		fact('block I/O weight', amount(limits.blkioWeight, 'none')),
		...limits.blkioDevices.map(line => fact('block I/O', cell(line))),
		...(limits.oomScoreAdjust === undefined
			? []
			: [fact('OOM score', cell(`${limits.oomScoreAdjust > 0 ? '+' : ''}${limits.oomScoreAdjust}`))]),
		...(limits.isOomKillDisabled ? [fact('OOM killer', cell('switched off', 'watch'))] : []),
		...(limits.cgroupParent === '' ? [] : [fact('cgroup parent', cell(limits.cgroupParent))]),
	],
	side: 'left',
});

const entryTable = (title: string, entries: readonly string[], options: FactOptions): FactTable => ({
	headers: [`${title} (${entries.length})`, 'Value'],
	rows: entries.map(entry => entryCells(entry, options)),
	side: 'right',
});
