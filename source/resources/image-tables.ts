import type {ImageFacts} from '../engine/image-types.ts';
import {formatSize} from '../format/bytes.ts';
import {maskEntries} from '../format/secrets.ts';
import {quoteWord} from '../format/shell-words.ts';
import type {HealthCheck} from '../layers/types.ts';
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
} from './fact-table.ts';

/** What an image says of itself: the tables of its configuration, in the order in which they are read. */
export const imageTables = (facts: ImageFacts, options: FactOptions): readonly FactTable[] => [
	programTable(facts, options),
	identityTable(facts),
	...(facts.healthCheck === undefined ? [] : [healthTable(facts.healthCheck, options)]),
	listTable('On build', facts.onBuild, 'left'),
	entryTable('Environment', facts.env, options),
	listTable('Exposed port', facts.exposedPorts, 'right'),
	listTable('Volume', facts.volumes, 'right'),
	entryTable(
		'Label',
		Object.entries(facts.labels).map(([name, value]) => `${name}=${value}`),
		options,
	),
];

const programTable = (facts: ImageFacts, options: FactOptions): FactTable => ({
	headers: ['Program', ''],
	rows: [
		fact('entrypoint', commandCell(facts.entrypoint ?? [], 'none', quoteWord, options)),
		fact('command', commandCell(facts.command ?? [], 'none', quoteWord, options)),
		fact('user', orAbsent(facts.user, 'root (none is set)')),
		fact('working directory', orAbsent(facts.workingDirectory, '/')),
		fact('stops with', orAbsent(facts.stopSignal, "SIGTERM (the engine's own)")),
		fact('shell', commandCell(facts.shell, '/bin/sh -c', quoteWord, options)),
	],
	side: 'left',
});

const platform = ({os, architecture, variant = ''}: ImageFacts): string =>
	[os, architecture, variant].filter(part => part !== '').join('/');

/** One a line; the name of the fact stands at the first. */
const each = (name: string, values: readonly string[], none: string): readonly (readonly FactCell[])[] =>
	values.length === 0
		? [fact(name, absent(none))]
		: values.map((value, index) => fact(index === 0 ? name : '', cell(value)));

const identityTable = (facts: ImageFacts): FactTable => ({
	headers: ['Image', ''],
	rows: [
		fact('id', cell(facts.id)),
		...each('names', facts.tags, 'none: it is dangling'),
		...each('digests', facts.digests, 'none: it was neither pulled nor pushed here'),
		fact('platform', orAbsent(platform(facts), 'not said')),
		fact('size', cell(`${formatSize(facts.sizeBytes)} in ${facts.diffIds.length} layers`)),
		fact('created', timeCell(facts.createdAt, 'not said')),
		fact('named here', timeCell(facts.lastTaggedAt, 'not known')),
		fact('author', orAbsent(facts.author, 'not said')),
		...(facts.comment === '' ? [] : [fact('comment', cell(facts.comment))]),
		...(facts.builtWith === '' ? [] : [fact('built with', cell(`Docker ${facts.builtWith}`))]),
		...(facts.parentId === '' ? [] : [fact('built on', cell(facts.parentId))]),
		fact('stored by', orAbsent(facts.storageDriver, 'not said')),
	],
	side: 'left',
});

const duration = (ms: number, own: string): FactCell =>
	ms === 0 ? absent(`${own} (the engine's own)`) : cell(`${ms / 1000} s`);

const testText = ([kind = '', ...rest]: readonly string[], quote: (word: string) => string): string => {
	if (kind === 'NONE') return 'none: switched off';
	return kind === 'CMD-SHELL' ? rest.join(' ') : rest.map(quote).join(' ');
};

const healthTable = (health: HealthCheck, {isRevealed}: FactOptions): FactTable => {
	const whole = testText(health.test, quoteWord);
	const shown = isRevealed ? whole : testText(maskEntries(health.test), quoteWord);
	return {
		headers: ['Health check', ''],
		rows: [
			fact('test', hidden(shown, whole)),
			fact('interval', duration(health.intervalMs, '30 s')),
			fact('timeout', duration(health.timeoutMs, '30 s')),
			fact('start period', duration(health.startPeriodMs, '0 s')),
			fact('retries', health.retries === 0 ? absent("3 (the engine's own)") : cell(String(health.retries))),
		],
		side: 'left',
	};
};

const listTable = (title: string, values: readonly string[], side: FactTable['side']): FactTable => ({
	headers: [`${title} (${values.length})`],
	rows: values.map(value => [cell(value)]),
	side,
});

const entryTable = (title: string, entries: readonly string[], options: FactOptions): FactTable => ({
	headers: [`${title} (${entries.length})`, 'Value'],
	rows: entries.map(entry => entryCells(entry, options)),
	side: 'right',
});
