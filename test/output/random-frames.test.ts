import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createFrameWriter} from '../../source/output/frame-writer.ts';
import {createEmulator, type Emulator} from './emulator.ts';
import {type Alphabet, createRandom, randomSteps, type Step} from './random-frames.ts';

const SEQUENCES = 50;
const STEPS = 50;

/** xterm takes 1 column for 2. */
const sizeOf = ({size}: Step) => ({columns: Math.max(2, size.columns), rows: size.rows});

/** The frame as somebody draws it who knows nothing of what is there: line by line onto an empty screen. */
const drawPlainly = ({frame, size}: Step): string =>
	`\x1b[?7l${frame
		.split('\n')
		.slice(0, size.rows)
		.map((line, row) => `\x1b[m\x1b[${row + 1}H${line}`)
		.join('')}`;

const drawAnew = (step: Step): string => createFrameWriter().draw(step.frame, sizeOf(step));

const expected = async (step: Step, output: string): Promise<Emulator> => {
	const emulator = createEmulator(sizeOf(step));
	await emulator.write(output);
	return emulator;
};

const explain = (seed: number, index: number, step: Step, output: string): string =>
	`seed ${seed}, step ${index}: ${JSON.stringify({...step, output})}`;

const replay = async (
	seed: number,
	alphabet: Alphabet,
	drawExpected: (step: Step) => string,
): Promise<void> => {
	const random = createRandom(seed);
	const writer = createFrameWriter();
	const emulator = createEmulator({columns: 2, rows: 1});
	for (const [index, step] of [...randomSteps(random, STEPS, alphabet)].entries()) {
		emulator.resize(sizeOf(step));
		if (random(40) === 0) {
			await emulator.write('\x1b[2;3Hscribbled\x1b[41m');
			writer.forget();
		}
		const output = writer.draw(step.frame, sizeOf(step));
		await emulator.write(output);
		const wanted = await expected(step, drawExpected(step));
		const [shown, due] = [emulator.cells(), wanted.cells()];
		const flaw = due.findIndex((cell, place) => shown[place] !== cell);
		if (flaw === -1) continue;
		const {columns} = sizeOf(step);
		assert.equal(
			shown[flaw],
			due[flaw],
			`row ${Math.floor(flaw / columns)}, column ${flaw % columns}, ${explain(seed, index, step, output)}`,
		);
	}
};

const seeds = Array.from({length: SEQUENCES}, (_, index) => index + 1);

test('after any frames the screen shows the last one, cell by cell', async () => {
	await Promise.all(seeds.map(seed => replay(seed, 'agreed', drawPlainly)));
});

test('glyphs of disputed width leave nothing behind', async () => {
	await Promise.all(seeds.map(seed => replay(seed, 'disputed', drawAnew)));
});
