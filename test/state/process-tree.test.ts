import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {ContainerProcess} from '../../source/engine/process-types.ts';
import {processTree} from '../../source/state/process-tree.ts';

const processOf = (pid: number, parentPid?: number): ContainerProcess => ({
	pid,
	user: 'root',
	state: 'S',
	command: `p${pid}`,
	...(parentPid === undefined ? {} : {parentPid}),
});

const drawn = (...processes: readonly ContainerProcess[]): readonly string[] =>
	processTree(processes).map(
		({process, lasts}) => `${lasts.map(isLast => (isLast ? '└' : '├')).join('')}${process.pid}`,
	);

describe('the tree of processes', () => {
	it('puts children below their parents, siblings by number', () => {
		assert.deepEqual(
			drawn(processOf(9, 5), processOf(5, 1), processOf(7, 5), processOf(8, 7), processOf(6, 1)),
			['5', '├7', '├└8', '└9', '6'],
		);
	});

	it('has a root for each process that came from outside', () => {
		assert.deepEqual(drawn(processOf(30, 2), processOf(20, 1), processOf(21, 20)), ['20', '└21', '30']);
		assert.deepEqual(drawn(processOf(3), processOf(1)), ['1', '3']);
	});

	it('keeps every process once, even in a circle or twice under one number', () => {
		assert.deepEqual(drawn(processOf(1, 2), processOf(2, 1)), ['1', '└2']);
		assert.deepEqual(drawn(processOf(4, 4)), ['4']);
		assert.deepEqual(drawn(processOf(4, 0), processOf(4, 0)), ['4', '4']);
	});

	it('turns siblings round when reversed, never parents and children', () => {
		const rows = processTree([processOf(1, 0), processOf(2, 1), processOf(3, 1)], true);
		assert.deepEqual(
			rows.map(({process}) => process.pid),
			[1, 3, 2],
		);
	});

	it('takes a chain of 5,000 without ado', () => {
		const chain = Array.from({length: 5000}, (_, index) => processOf(index + 1, index));
		assert.equal(processTree(chain).at(-1)?.lasts.length, 4999);
	});
});
