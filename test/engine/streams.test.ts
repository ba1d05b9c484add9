import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createLineSplitter} from '../../source/engine/line-splitter.ts';
import {createFrameFramer, createTerminalFramer} from '../../source/engine/log-frames.ts';
import {createLineAssembler, logLines} from '../../source/engine/log-lines.ts';
import {createQueue} from '../../source/engine/queue.ts';
import {collect} from './collect.ts';

const stampOf = (second: number) => `2026-11-22T00:24:${String(second).padStart(2, '0')}.000000001Z`;

const frame = (type: number, text: string | Buffer): Buffer => {
	const payload = Buffer.from(text);
	const header = Buffer.alloc(8);
	header[0] = type;
	header.writeUInt32BE(payload.length, 4);
	return Buffer.concat([header, payload]);
};

async function* chunks(...parts: readonly Buffer[]) {
	yield* parts;
}

const everyCut = (bytes: Buffer): readonly (readonly Buffer[])[] => [
	...Array.from(bytes, (_, at) => [bytes.subarray(0, at), bytes.subarray(at)]),
	Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)),
];

test('lines survive a cut at every byte, also inside a character; the last needs no end', () => {
	const bytes = Buffer.from('{"a":"€😀"}\r\n\n{"b":1}\n{"c":"日本"}');
	for (const parts of everyCut(bytes)) {
		const splitter = createLineSplitter();
		const lines = [...parts.flatMap(part => splitter.push(part)), ...splitter.end()];
		assert.deepEqual(lines, ['{"a":"€😀"}', '{"b":1}', '{"c":"日本"}']);
	}
});

test('frames survive a cut at every byte', () => {
	const bytes = Buffer.concat([
		frame(1, 'one\n'),
		frame(2, ''),
		frame(2, 'zwei\n'),
		frame(3, 'lost'),
		frame(0, 'x'),
	]);
	for (const parts of everyCut(bytes)) {
		const framer = createFrameFramer();
		const frames = parts
			.flatMap(part => framer.push(part))
			.map(each => [each.source, each.payload.toString()]);
		assert.deepEqual(frames, [
			['stdout', 'one\n'],
			['stderr', 'zwei\n'],
			['engine', 'lost'],
			['stdout', 'x'],
		]);
		assert.deepEqual(framer.end(), []);
	}
});

test('a chunk of very many tiny frames does not overflow the stack', () => {
	const frames = createFrameFramer().push(Buffer.concat(Array.from({length: 50_000}, () => frame(1, 'x'))));
	assert.equal(frames.length, 50_000);
});

test('what is not framed is said, and what is cut off is given', () => {
	for (const text of [
		'plain text of a terminal',
		'\x01\x00\x01\x00abcd',
		'\x01\x00\x00\x00\xff\xff\xff\xff',
	]) {
		assert.throws(() => createFrameFramer().push(Buffer.from(text, 'latin1')), {kind: 'protocol'});
	}
	const framer = createFrameFramer();
	framer.push(frame(1, 'half a li').subarray(0, 12));
	assert.equal(framer.end()[0]?.payload.toString(), 'half');
});

test('lines of a framed log: stamps, both sources, 16 KiB pieces, a character cut in two', async () => {
	const euro = Buffer.from('€');
	const long = 'x'.repeat(16 * 1024 - 1);
	const stream = [
		frame(1, `${stampOf(1)} first\n`),
		frame(1, Buffer.concat([Buffer.from(`${stampOf(2)} ${long}`), euro.subarray(0, 1)])),
		frame(2, `${stampOf(3)} warn\n`),
		frame(1, Buffer.concat([Buffer.from(`${stampOf(2)} `), euro.subarray(1), Buffer.from('end\n')])),
		frame(1, `${stampOf(4)} \n`),
		frame(2, `${stampOf(5)} no end`),
	];
	const lines = (await collect(logLines(chunks(...stream), false))).flat();
	assert.deepEqual(lines, [
		{source: 'stdout', text: 'first', stamp: stampOf(1), isPiece: false},
		{source: 'stderr', text: 'warn', stamp: stampOf(3), isPiece: false},
		{source: 'stdout', text: `${long}€`, stamp: stampOf(2), isPiece: true},
		{source: 'stdout', text: 'end', stamp: stampOf(2), isPiece: false},
		{source: 'stdout', text: '', stamp: stampOf(4), isPiece: false},
		{source: 'stderr', text: 'no end', stamp: stampOf(5), isPiece: false},
	]);
});

test('lines of a terminal: any cut, stamps of later pieces taken out, pieces of 16 KiB, line ends taken off', async () => {
	const long = 'y'.repeat(16 * 1024);
	const text = `${stampOf(1)} a €\r\n${stampOf(2)} ${long}${stampOf(2)} ${long}${stampOf(2)} tail\r\n${stampOf(3)} b`;
	const bytes = Buffer.from(text);
	for (const at of [0, 1, 5, 33, 34, 36, 40, 60, 16_400, 16_450, 16_480, 32_900, 33_000, bytes.length - 1]) {
		const lines = (await collect(logLines(chunks(bytes.subarray(0, at), bytes.subarray(at)), true))).flat();
		assert.deepEqual(
			lines.map(line => [line.stamp, line.text]),
			[
				[stampOf(1), 'a €'],
				[stampOf(2), long],
				[stampOf(2), long],
				[stampOf(2), 'tail'],
				[stampOf(3), 'b'],
			],
			`cut at ${at}`,
		);
	}
});

test('a line of a terminal comes as soon as it ends', () => {
	const framer = createTerminalFramer();
	assert.equal(framer.push(Buffer.from(`${stampOf(1)} rea`)).length, 0);
	assert.equal(framer.push(Buffer.from('dy\n')).length, 1);
});

test('a line beyond 16 KiB comes in pieces, never inside a character', () => {
	const assembler = createLineAssembler();
	const text = `x${'😀'.repeat(40_000)}`;
	const payload = Buffer.from(`${stampOf(1)} ${text}\n`);
	const lines = assembler.push({source: 'stdout', payload});
	assert.equal(lines.map(line => line.text).join(''), text);
	assert.ok(
		lines.every(
			line => line.text.isWellFormed() && line.text.length <= 16 * 1024 && line.stamp === stampOf(1),
		),
	);
});

test('a queue gives everything in order, then its end or its error', async () => {
	const queue = createQueue<number>();
	const reading = collect(queue);
	queue.push(1);
	await Promise.resolve();
	queue.push(2);
	queue.push(3);
	queue.close();
	queue.close(new Error('too late to matter'));
	assert.deepEqual(await reading, [1, 2, 3]);

	const broken = createQueue<number>();
	broken.push(1);
	broken.close(new Error('broke'));
	const seen: number[] = [];
	await assert.rejects(async () => {
		for await (const item of broken) seen.push(item);
	}, /broke/);
	assert.deepEqual(seen, [1]);
});
