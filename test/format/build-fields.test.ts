import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {
	parseBuildArgs,
	parseBuilder,
	parseBuildPlatform,
	parseLabels,
	parseTags,
	parseTarget,
} from '../../source/format/build-fields.ts';
import type {Parsed} from '../../source/format/parsed.ts';

const reasonOf = (parsed: Parsed<unknown>): string => (parsed.ok ? '' : parsed.reason);
const parsedTo = (parsed: Parsed<unknown>): unknown => (parsed.ok ? parsed.value : parsed.reason);

describe('the fields of a build', () => {
	it('tags: several, each with its tag, none twice, no digests', () => {
		assert.deepEqual(parsedTo(parseTags('shop/api, shop/api:1  shop/api:1')), [
			'shop/api:latest',
			'shop/api:1',
		]);
		assert.match(reasonOf(parseTags('shop/API:1')), /lower case/);
		assert.match(reasonOf(parseTags('a:1 b:')), /tag after the colon is missing/);
		assert.match(reasonOf(parseTags(`a@sha256:${'0'.repeat(64)}`)), /a digest is computed/);
	});
	it('build arguments: with a value, with blanks, and with the value of this machine', () => {
		const environment = {HOME_ARG: 'here'};
		assert.deepEqual(parsedTo(parseBuildArgs('A=1 B="two words" HOME_ARG NONE C=', environment)), {
			A: '1',
			B: 'two words',
			HOME_ARG: 'here',
			NONE: null,
			C: '',
		});
		assert.match(reasonOf(parseBuildArgs('=x', {})), /the key is missing/);
		assert.match(reasonOf(parseBuildArgs('A="x', {})), /not closed/);
	});
	it('labels, target, platform and builder', () => {
		assert.deepEqual(parsedTo(parseLabels('a=b c')), {a: 'b', c: ''});
		assert.equal(parsedTo(parseTarget('stage-1')), 'stage-1');
		assert.match(reasonOf(parseTarget('a b')), /stage/);
		assert.equal(parsedTo(parseBuildPlatform('linux/arm/v7')), 'linux/arm/v7');
		assert.match(reasonOf(parseBuildPlatform('linux/arm/v7/x')), /os\/architecture/);
		assert.equal(parsedTo(parseBuilder('')), 'auto');
		assert.equal(parsedTo(parseBuilder('BuildKit')), 'buildkit');
		assert.match(reasonOf(parseBuilder('kaniko')), /auto, classic or buildkit/);
	});
});
