import assert from 'node:assert/strict';
import {test} from 'node:test';
import Output from '../../node_modules/ink/build/output.js';
import {quickRows, type RowsClass} from '../../source/output/quick-rows.ts';
import {type StyledLine, styledLine} from '../../source/output/styled-line.ts';
import {createRandom, type Random, randomLines} from './random-frames.ts';

let slowFrames = 0;

class CountedOutput extends Output {
	override get(): {output: string; height: number} {
		slowFrames++;
		return super.get();
	}
}

const Quick: RowsClass = quickRows(CountedOutput);

type Block = {readonly x: number; readonly y: number; readonly lines: readonly string[]};

const draw = (
	Rows: RowsClass,
	blocks: readonly Block[],
	clip?: Parameters<InstanceType<RowsClass>['clip']>[0],
) => {
	const rows = new Rows({width: 40, height: 8});
	if (clip !== undefined) rows.clip(clip);
	for (const {x, y, lines} of blocks) {
		const skeleton = ` ${'\n'.repeat(lines.length - 1)}`;
		rows.write(x, y, skeleton, {transformers: [(_, index) => lines[index] ?? '']});
	}
	if (clip !== undefined) rows.unclip();
	return rows.get();
};

const cells = ({output}: {output: string}): readonly (StyledLine | undefined)[] =>
	output.split('\n').map(line => styledLine(line, 80));

const block = (random: Random, x: number, y: number, width: number): Block => ({
	x,
	y,
	lines: randomLines(random, {columns: width, rows: 1 + random(8 - y)}),
});

test('blocks side by side are joined, without taking them apart', () => {
	slowFrames = 0;
	for (let seed = 1; seed <= 300; seed++) {
		const random = createRandom(seed);
		const blocks = [block(random, 0, 0, 15), block(random, 15 + random(3), random(5), 22)];
		assert.deepEqual(cells(draw(Quick, blocks)), cells(draw(Output, blocks)), `seed ${seed}`);
	}
	assert.equal(slowFrames, 0);
});

test('a block over others hides what is under it, halves of wide glyphs too', () => {
	for (let seed = 1; seed <= 300; seed++) {
		const random = createRandom(seed);
		const blocks = Array.from({length: 3}, () => {
			const x = random(40);
			return block(random, x, random(6), 40 - x);
		});
		assert.deepEqual(cells(draw(Quick, blocks)), cells(draw(Output, blocks)), `seed ${seed}`);
	}
});

test('what is clipped is clipped as Ink does it', () => {
	for (let seed = 1; seed <= 100; seed++) {
		const random = createRandom(seed);
		const blocks = [block(random, random(10), random(6), 20)];
		const clip = {x1: random(3), x2: 10 + random(40), y1: random(3), y2: 2 + random(8)};
		assert.deepEqual(cells(draw(Quick, blocks, clip)), cells(draw(Output, blocks, clip)), `seed ${seed}`);
	}
});
