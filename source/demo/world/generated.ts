import {noise} from '../random.ts';
import {services} from './services.ts';
import type {WorldContainer} from './world-container.ts';

const kinds = [
	['web', 'shop/web:2.4.1', services.node],
	['api', 'shop/api:1.14.0', services.api],
	['worker', 'shop/worker:1.14.0', services.worker],
	['db', 'postgres:17', services.postgres],
	['cache', 'redis:7-alpine', services.redis],
	['proxy', 'nginx:1.27', services.nginx],
] as const;

/** So many make a project. */
const projectSize = 12;
const hourMs = 3_600_000;

/** Made-up containers in projects of compose, nine in ten of them running. */
export const generatedWorld = (count: number, seed: number): readonly WorldContainer[] =>
	Array.from({length: count}, (_, index): WorldContainer => {
		const chance = (which: number): number => noise(seed + which, index);
		const [service, image, program] = kinds[index % kinds.length] ?? kinds[0];
		const project = `stack-${Math.floor(index / projectSize)}`;
		const number = Math.floor((index % projectSize) / kinds.length) + 1;
		const sinceMs = Math.floor(chance(1) * 500 * hourMs);
		const isUp = chance(2) < 0.9;
		return {
			name: `${project}-${service}-${number}`,
			image,
			spec: {
				program,
				labels: {
					'com.docker.compose.project': project,
					'com.docker.compose.service': service,
					'com.docker.compose.container-number': String(number),
				},
				network: `${project}_default`,
			},
			now: isUp
				? {status: 'running', upMs: sinceMs}
				: {status: 'exited', exitCode: chance(3) < 0.5 ? 0 : 1, sinceMs},
		};
	});
