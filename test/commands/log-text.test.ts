import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {logText} from '../../source/commands/log-text.ts';
import type {LogLine} from '../../source/engine/types.ts';
import {
	appended,
	defaultLogLimits,
	emptyLogBuffer,
	type LogEntry,
} from '../../source/state/views/log-buffer.ts';
import type {LogsState} from '../../source/state/views/logs.ts';
import {containerOf, idOf} from '../helpers/objects.ts';
import {after, worldOf} from '../state/world.ts';

const line = (text: string, facts: Partial<LogEntry> = {}): LogEntry => ({
	source: 'stdout',
	text,
	stamp: '2026-01-01T00:00:00.000000000Z',
	isPiece: false,
	...facts,
});

const logs = (entries: readonly LogEntry[]): LogsState => {
	const world = after(worldOf({containers: [containerOf(1)]}), {
		type: 'ui/screen-opened',
		screen: {kind: 'container', containerId: idOf(1), tab: 'logs'},
	});
	assert.ok(world.logs);
	return {...world.logs, buffer: appended(emptyLogBuffer, entries, defaultLogLimits)};
};

const written = async (entries: readonly LogEntry[], filter = '', hasTimestamps = false): Promise<string> => {
	let text = '';
	const options = {filter, hasTimestamps, isForTerminal: false};
	for await (const piece of logText(logs(entries), options)) text += piece;
	return text;
};

suite('a log as text', () => {
	const piece: Partial<LogLine> = {isPiece: true};
	const cases: readonly (readonly [what: string, entries: readonly LogEntry[], text: string])[] = [
		['has a line feed after each line', [line('a'), line('b')], 'a\nb\n'],
		['joins the pieces of a long line', [line('a', piece), line('b', piece), line('c')], 'abc\n'],
		[
			'does not join what another output says between two pieces',
			[line('a', piece), line('no', {source: 'stderr'}), line('b')],
			'a\nno\nb\n',
		],
		['marks what is ours', [line('lines may be missing', {source: 'note'})], '~ lines may be missing\n'],
	];
	for (const [what, entries, text] of cases) {
		test(what, async () => {
			assert.equal(await written(entries), text);
		});
	}

	test('has only the lines that pass the filter, with their times when they are wanted', async () => {
		const text = await written([line('yes 1'), line('no'), line('yes 2')], 'yes', true);
		assert.equal(text, '2026-01-01T00:00:00.000000000Z yes 1\n2026-01-01T00:00:00.000000000Z yes 2\n');
	});
});
