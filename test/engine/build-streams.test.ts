import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {createBuildKitStream} from '../../source/engine/build/buildkit-stream.ts';
import {createClassicStream} from '../../source/engine/build/classic-stream.ts';
import {createOutputLines} from '../../source/engine/build/output-lines.ts';
import {protoFields} from '../../source/engine/build/protobuf.ts';
import {decodeSolveStatus} from '../../source/engine/build/solve-status.ts';
import type {BuildEvent} from '../../source/engine/build-types.ts';
import {recordedLines} from './fixtures.ts';

const classic = (
	lines: readonly string[],
): {readonly events: readonly BuildEvent[]; readonly failure: string} => {
	const stream = createClassicStream();
	const events: BuildEvent[] = [];
	for (const line of lines) {
		const pushed = stream.push(JSON.parse(line));
		events.push(...pushed.events);
		if (pushed.failure !== undefined) return {events, failure: pushed.failure.message};
	}
	return {events: [...events, ...stream.end()], failure: ''};
};

const said = (...texts: readonly string[]): readonly string[] =>
	texts.map(stream => JSON.stringify({stream}));

/** The last word about each step, with all that it printed. */
const steps = (events: readonly BuildEvent[]): readonly string[] => {
	const known = new Map<string, {head: string; lines: string[]; unfinished: string}>();
	for (const event of events) {
		if (event.type === 'step') {
			const {number, count, stage, title, status, error} = event;
			const place = number === undefined ? '' : `${stage ?? ''}${number}/${count} `;
			const head = `${place}${title}: ${status}${error === undefined ? '' : ` (${error})`}`;
			known.set(event.id, {lines: [], unfinished: '', ...known.get(event.id), head});
		} else if (event.type === 'output') {
			const step = known.get(event.id);
			assert.ok(step, `output of a step that never began: ${event.id}`);
			step.lines.push(...event.lines);
			step.unfinished = event.unfinished;
		}
	}
	return [...known.values()].map(({head, lines, unfinished}) =>
		[head, ...lines, unfinished].filter(Boolean).join(' | '),
	);
};

const imagesOf = (events: readonly BuildEvent[]) => events.filter(event => event.type === 'image');

describe('the stream of the classic builder', () => {
	it('is steps with what they print, the last image and the tags', () => {
		const {events, failure} = classic(recordedLines('build-classic'));
		assert.equal(failure, '');
		assert.deepEqual(
			steps(events).map(step => step.replaceAll('\u001b', '^')),
			[
				'1/4 FROM busy:1 AS base: done',
				'2/4 ARG WHO=nobody: cached',
				`3/4 RUN echo "hi $WHO"; printf 'a\\rb\\rc\\n'; printf '\\033[31mred\\033[0m\\n' >&2: cached`,
				'4/4 COPY . /ctx: cached',
			],
		);
		assert.equal(imagesOf(events).length, 1);
		assert.deepEqual(events.at(-1), {type: 'tagged', name: 'build-fx:1'});
	});

	it('ends with the step that failed; what looks like the builder but is printed by a step is output', () => {
		const {events, failure} = classic(recordedLines('build-classic-failing'));
		const reason = "The command '/bin/sh -c echo fail; exit 3' returned a non-zero code: 3";
		assert.equal(failure, reason);
		assert.deepEqual(
			steps(events)
				.slice(2)
				.map(step => step.replaceAll('\u001b', '^')),
			[
				`3/8 RUN echo "hi $WHO"; printf 'a\\rb\\rc\\n'; printf '\\033[31mred\\033[0m\\n' >&2: done | ^[91m^[31mred^[0m | hi nobody | c`,
				'4/8 COPY . /ctx: done',
				'5/8 FROM base: done',
				'6/8 LABEL x=y: done',
				'7/8 RUN echo "---> Running in 000000000000"; echo "Step 9/9 : FROM evil"; echo "Removing intermediate container 000000000000": done | ---> Running in 000000000000 | Step 9/9 : FROM evil | Removing intermediate container 000000000000',
				`8/8 RUN echo fail; exit 3: failed (${reason}) | fail`,
			],
		);
	});

	it('takes each message of a running container for its output, until that very container is removed', () => {
		const {events} = classic(
			said(
				'Step 1/2 : RUN x',
				'\n',
				' ---> Running in aaaaaaaaaaaa\n',
				'Step 2/2 : FROM evil',
				'\n',
				' ---> Using cache\n',
				'Successfully tagged evil:1\n',
				'Removing intermediate container bbbbbbbbbbbb\n',
				'Removing intermediate container aaaaaaaaaaaa\n',
				'Step 2/2 : RUN y',
				'\n',
			),
		);
		assert.deepEqual(steps(events), [
			'1/2 RUN x: done | Step 2/2 : FROM evil |  ---> Using cache | Successfully tagged evil:1 | Removing intermediate container bbbbbbbbbbbb',
			'2/2 RUN y: done',
		]);
	});

	it('shows a pull as one line that changes, and understands the spelling of Podman', () => {
		const status = (id: string, text: string, progress = '') => JSON.stringify({status: text, id, progress});
		const {events} = classic([
			...said('STEP 1/1: FROM busy:1\n'),
			status('latest', 'Pulling from library/busy'),
			status('abc', 'Downloading', '[=>  ] 1MB/3MB'),
			status('abc', 'Pull complete'),
			JSON.stringify({status: 'Digest: sha256:0'}),
		]);
		assert.deepEqual(steps(events), ['1/1 FROM busy:1: done | Digest: sha256:0']);
		assert.ok(
			events.some(event => event.type === 'output' && event.unfinished === 'abc: Downloading [=>  ] 1MB/3MB'),
		);
	});

	it('says what belongs to no step as a note', () => {
		const {events} = classic(said('[Warning] One or more build-args [X] were not consumed\n'));
		assert.deepEqual(events, [
			{type: 'note', text: '[Warning] One or more build-args [X] were not consumed'},
		]);
	});
});

describe('the stream of BuildKit', () => {
	const read = (lines: readonly string[]): readonly BuildEvent[] => {
		const stream = createBuildKitStream();
		return lines.flatMap(line => stream.push(JSON.parse(line)));
	};

	it('is steps with stage, number, times and output, and the image', () => {
		const events = read(recordedLines('build-buildkit'));
		const told = steps(events).map(step => step.replaceAll('\u001b', '^').replace(/[0-9a-f]{64}/, 'ID'));
		assert.ok(told.includes('base1/3 FROM docker.io/library/busy:1: done'), told.join('\n'));
		assert.ok(
			told.some(step => step.startsWith('base3/3 COPY . /ctx: ')),
			told.join('\n'),
		);
		assert.ok(
			told.includes(
				'exporting to image: done | exporting layers done | writing image sha256:ID done | naming to docker.io/library/build-fx:1 done',
			),
			told.join('\n'),
		);
		assert.equal(imagesOf(events).length, 1);
		const timed = events.filter(event => event.type === 'step' && event.endedAt !== undefined);
		for (const event of timed)
			assert.ok(event.type === 'step' && (event.endedAt ?? 0) - (event.startedAt ?? 0) < 60_000);
		assert.ok(timed.length > 3);
	});

	it('ends with the step that failed, then with the error', () => {
		const lines = recordedLines('build-buildkit-failing');
		const reason = 'executor failed running [/bin/sh -c echo fail; exit 3]: exit code: 3';
		assert.throws(() => read(lines), {message: reason});
		const told = steps(read(lines.slice(0, -1)));
		assert.ok(told.includes(`stage-12/2 RUN echo fail; exit 3: failed (${reason}) | fail`), told.join('\n'));
		assert.ok(
			told.some(step => step.startsWith('base2/3') && step.includes('hi nobody | c')),
			told.join('\n'),
		);
	});

	it('is a protocol error when a message is cut short, whatever the length', () => {
		const [line = ''] = recordedLines('build-buildkit').filter(text => text.includes('trace'));
		const bytes = Buffer.from(JSON.parse(line).aux, 'base64');
		let refused = 0;
		for (let length = 1; length < bytes.length; length += 1) {
			try {
				decodeSolveStatus(bytes.subarray(0, length));
			} catch (error) {
				assert.ok(error instanceof Error && error.name === 'EngineError', String(error));
				refused += 1;
			}
		}
		assert.ok(refused > bytes.length / 2);
	});
});

describe('the wire format of protocol buffers', () => {
	const fields = (...bytes: readonly number[]) =>
		[...protoFields(Uint8Array.from(bytes))].map(({number, value}) => [
			number,
			typeof value === 'number' ? value : [...value],
		]);
	it('is read field by field, numbers up to 2^53, what is not understood as bytes', () => {
		assert.deepEqual(fields(0x08, 0x96, 0x01), [[1, 150]]);
		assert.deepEqual(fields(0x12, 2, 7, 8, 0x18, 1), [
			[2, [7, 8]],
			[3, 1],
		]);
		assert.deepEqual(fields(0x09, 1, 2, 3, 4, 5, 6, 7, 8), [[1, [1, 2, 3, 4, 5, 6, 7, 8]]]);
		assert.deepEqual(fields(0x0d, 1, 2, 3, 4), [[1, [1, 2, 3, 4]]]);
		assert.deepEqual(fields(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f), [
			[1, Number.MAX_SAFE_INTEGER],
		]);
	});
	for (const bytes of [[0x08], [0x12, 5, 1], [0x0b], [0x08, ...new Array<number>(11).fill(0xff)]])
		it(`refuses ${bytes.join(' ')}`, () => {
			assert.throws(() => fields(...bytes), {name: 'EngineError'});
		});
});

describe('what a step prints', () => {
	const lines = (...pieces: readonly string[]) => {
		const output = createOutputLines();
		const all: string[] = [];
		let unfinished = '';
		for (const piece of pieces) {
			const pushed = output.push(piece);
			all.push(...pushed.lines);
			unfinished = pushed.unfinished;
		}
		return [...all, `<${unfinished}>`];
	};
	const table: readonly (readonly [pieces: readonly string[], expected: readonly string[]])[] = [
		[['a\nb'], ['a', '<b>']],
		[
			['a', 'b', '\nc\n'],
			['ab', 'c', '<>'],
		],
		[['10%\r20%\r30%'], ['<30%>']],
		[
			['10%\r', '20%\r', 'done\n'],
			['done', '<>'],
		],
		[
			['a\r\nb\r', '\nc'],
			['a', 'b', '<c>'],
		],
		[
			['a\r', 'bc\r\n'],
			['bc', '<>'],
		],
		[['\n\n'], ['', '', '<>']],
	];
	for (const [pieces, expected] of table)
		it(JSON.stringify(pieces), () => {
			assert.deepEqual(lines(...pieces), expected);
		});
	it('is cut where a line never ends', () => {
		const [line = ''] = lines(...Array.from({length: 100}, () => 'x'.repeat(10_000)));
		assert.ok(line.length < 17_000);
	});
});
