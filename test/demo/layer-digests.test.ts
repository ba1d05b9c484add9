import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {test} from 'node:test';
import {computedDigests} from '../../source/demo/images/layer.ts';
import {worldImages} from '../../source/demo/images/world-images.ts';

const layers = new Map(
	worldImages.flatMap(({steps}) =>
		steps.flatMap(({layer}) => (layer ? [[layer.diffId, layer] as const] : [])),
	),
);

test('no layer of the demo is hashed at its start: scripts/demo-digests.ts knows them all', () => {
	assert.deepEqual([...computedDigests.keys()], []);
});

test('a layer is what its digest says, as long as it says, and sums up to its size', () => {
	for (const {diffId, tar, tarBytes, sizeBytes} of layers.values()) {
		const hash = createHash('sha256');
		let bytes = 0;
		for (const piece of tar()) {
			hash.update(piece);
			bytes += piece.length;
		}
		assert.equal(`sha256:${hash.digest('hex')}`, diffId);
		assert.equal(bytes, tarBytes);
		assert.ok(sizeBytes <= tarBytes);
	}
});
