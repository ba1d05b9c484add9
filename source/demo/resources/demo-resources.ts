import type {DemoContext, DemoRoute} from '../contract.ts';
import type {DemoImageWorld} from '../images/demo-images.ts';
import {diskUseRoute} from './disk-use.ts';
import {networkRoutes} from './networks.ts';
import type {ContainersOfResources} from './resource-types.ts';
import {volumeRoutes} from './volumes.ts';

/** The engine and what it keeps were set up this long before it is shown. */
const ageMs = 96 * 24 * 60 * 60 * 1000;

/** Networks, volumes and disk use: they follow the containers, and nothing here changes them. */
export const createDemoResources = (
	{clock}: DemoContext,
	{images, containers}: {readonly images: DemoImageWorld; readonly containers: ContainersOfResources},
): readonly DemoRoute[] => {
	const createdAt = clock.now() - ageMs;
	return [
		...networkRoutes(containers, createdAt),
		...volumeRoutes(containers, createdAt),
		diskUseRoute(images, containers, createdAt),
	];
};
