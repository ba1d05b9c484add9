import type {DemoImageSettings} from '../contract.ts';
import {object} from '../http/read.ts';
import type {DemoImage, DemoLayer} from './image-types.ts';
import {makeImage} from './make-image.ts';

/** One more step over an image, or over nothing. */
export const extendImage = (
	base: DemoImage | undefined,
	step: {readonly createdBy: string; readonly comment: string; readonly layer?: DemoLayer},
	settings: DemoImageSettings,
	now: number,
	more: Readonly<Record<string, unknown>> = storedConfig(base),
): DemoImage =>
	makeImage({
		createdAt: now,
		settings,
		more: Object.fromEntries(Object.entries(more).filter(([key]) => others.has(key))),
		...(base && {platform: base.platform}),
		steps: [...(base?.history ?? []).map(({layer, ...before}) => ({...before, ...(layer && {layer})})), step],
	});

/** What a configuration holds that is not among the settings. */
const others: ReadonlySet<string> = new Set(['Healthcheck', 'OnBuild', 'Shell']);

const storedConfig = (image: DemoImage | undefined) =>
	image === undefined ? {} : object(object(JSON.parse(image.configJson)).config);
