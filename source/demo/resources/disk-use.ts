import type {DemoRoute} from '../contract.ts';
import type {DemoImageWorld} from '../images/demo-images.ts';
import type {ContainersOfResources} from './resource-types.ts';
import {volumeUsage} from './volumes.ts';

/** `GET /system/df`, with `type` only what was asked for. */
export const diskUseRoute = (
	images: DemoImageWorld,
	containers: ContainersOfResources,
	createdAt: number,
): DemoRoute => ({
	method: 'GET',
	path: /^\/system\/df$/,
	handle({query, apiMinor}) {
		const types = apiMinor < 42 ? [] : query.getAll('type');
		const asked = <Part>(type: string, part: () => Part): Part | null =>
			types.length === 0 || types.includes(type) ? part() : null;
		return {
			status: 200,
			json: {
				LayersSize: asked('image', () => images.diskUse(apiMinor).layerBytes) ?? 0,
				Images: asked('image', () => images.diskUse(apiMinor).summaries),
				Containers: asked('container', () => containers().map(container => wireSizes(container, images))),
				Volumes: asked('volume', () => volumeUsage(containers, createdAt)),
				BuildCache: asked('build-cache', () => []),
				BuilderSize: 0,
			},
		};
	},
});

const wireSizes = (
	{summary, imageId, writtenBytes}: ReturnType<ContainersOfResources>[number],
	images: DemoImageWorld,
) => ({
	...summary,
	...(writtenBytes > 0 && {SizeRw: writtenBytes}),
	SizeRootFs: writtenBytes + (images.find(imageId)?.sizeBytes ?? 0),
});
