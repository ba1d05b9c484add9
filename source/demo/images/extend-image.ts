import type {DemoImageSettings} from '../contract.ts';
import type {DemoImage, DemoLayer} from './image-types.ts';
import {makeImage} from './make-image.ts';

/** One more step over an image, or over nothing. */
export const extendImage = (
	base: DemoImage | undefined,
	step: {readonly createdBy: string; readonly comment: string; readonly layer?: DemoLayer},
	settings: DemoImageSettings,
	now: number,
): DemoImage =>
	makeImage({
		createdAt: now,
		settings,
		...(base && {platform: base.platform}),
		steps: [...(base?.history ?? []).map(({layer, ...before}) => ({...before, ...(layer && {layer})})), step],
	});
