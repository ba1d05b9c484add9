import assert from 'node:assert/strict';
import {test} from 'node:test';
import {decodeImageFacts, decodeImageHistory} from '../../source/engine/decode/image-facts.ts';
import {layerBytes, mapHistory} from '../../source/layers/history-layers.ts';
import {recorded} from '../engine/fixtures.ts';

const of = (name: string) => {
	const {diffIds, sizeBytes} = decodeImageFacts(recorded(`image-inspect-${name}`));
	const steps = decodeImageHistory(recorded(`image-history-${name}`)).toReversed();
	return {steps, ...mapHistory(steps, diffIds, sizeBytes)};
};

const emptyTar = 'sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef';
const step = (createdBy: string, sizeBytes = 0) => ({createdBy, sizeBytes});

test('with the sizes of Podman every step of the classic builder finds its layer', () => {
	const {steps, layers, least, most} = of('podman');
	const found = layers.flatMap((layer, index) =>
		typeof layer === 'number' ? [[layer, steps[index]?.sizeBytes]] : [],
	);
	assert.deepEqual(found, [
		[0, 2_007_040],
		[1, 2048],
		[2, 3072],
		[3, 308_736],
		[4, 1536],
	]);
	assert.ok(!layers.includes('unknown'));
	assert.deepEqual(least, most);
	assert.equal(layerBytes({least, most}, 3), 308_736);
});

test('Docker 20.10 leaves open which of the steps of no size made a layer; what is certain is told', () => {
	const {steps, layers, least, most} = of('1.41');
	const layerOf = (word: string) => layers[steps.findIndex(({createdBy}) => createdBy.includes(word))];
	// Five layers: the base, COPY, dd, and two of WORKDIR, true and rm.
	assert.equal(layers[0], 0);
	assert.equal(layerOf('ENV'), 'none');
	assert.equal(layerOf('CMD ['), 'none');
	assert.equal(layerOf('WORKDIR'), 'unknown');
	assert.equal(layerOf('-c true'), 'unknown');
	assert.deepEqual([least[1], most[1]], [1_982_443, 1_982_443]);
	assert.deepEqual([least[5], most[5]], [2_289_649, 2_289_649]);
	assert.deepEqual([least[2], most[2]], [1_982_443, 1_982_449]);
});

test('BuildKit keeps an empty layer of each step of no size', () => {
	const steps = [
		step('ADD rootfs', 5),
		step('RUN true'),
		step('ENV A=1'),
		step('COPY x', 7),
		step('WORKDIR /x'),
	];
	const {layers} = mapHistory(steps, ['sha256:a', emptyTar, 'sha256:b', emptyTar], 12);
	assert.deepEqual(layers, [0, 1, 'none', 2, 3]);
});

test('an empty layer tells where it is, when other steps of no size made none', () => {
	const steps = [step('ADD rootfs', 5), step('RUN true'), step('COPY x', 7), step('RUN true')];
	const {layers} = mapHistory(steps, ['sha256:a', 'sha256:b', emptyTar], 12);
	assert.deepEqual(layers, [0, 'none', 1, 2]);
});

test('a history that does not fit leaves everything open but the whole', () => {
	for (const steps of [[], [step('a', 1)], [step('a', 1), step('b', 2), step('c', 3)]]) {
		const {layers, least, most} = mapHistory(steps, ['sha256:a', 'sha256:b'], 10);
		assert.ok(layers.every(layer => layer === 'unknown'));
		assert.deepEqual(
			[least, most],
			[
				[0, 0, 10],
				[0, 10, 10],
			],
		);
	}
	assert.deepEqual(mapHistory([], [], 0), {layers: [], least: [0], most: [0]});
});

test('a mapping that must be one is exact, whatever the order of what could be empty', () => {
	// Of all ways to make some of the steps of no size empty, none contradicts what is told.
	const sizes = [4, 0, 0, 3, 0, 2, 0];
	const steps = sizes.map((bytes, index) => step(`RUN ${index}`, bytes));
	for (let choice = 0; choice < 2 ** 4; choice += 1) {
		let zero = 0;
		const truth = sizes.map(bytes => bytes > 0 || (choice & (1 << zero++)) > 0);
		const diffIds = truth.flatMap((isLayer, index) => (isLayer ? [`sha256:${index}`] : []));
		const {layers, least, most} = mapHistory(steps, diffIds, 9);
		let next = 0;
		let below = 0;
		truth.forEach((isLayer, index) => {
			const told = layers[index];
			if (told !== 'unknown') assert.equal(told, isLayer ? next : 'none', `${choice} ${index}`);
			if (!isLayer) return;
			assert.ok((least[next] ?? 0) <= below && below <= (most[next] ?? 0), `${choice} ${index}`);
			next += 1;
			below += sizes[index] ?? 0;
		});
	}
});
