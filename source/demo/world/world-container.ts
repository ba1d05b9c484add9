import type {ContainerSpec, DemoContainer} from '../containers/container-types.ts';
import {newContainer} from '../containers/create-routes.ts';
import type {DemoImageFacts} from '../contract.ts';

/** A container that is there from the start, by what it does not share with the others. */
export type WorldContainer = {
	readonly name: string;
	readonly image: string;
	readonly spec: Partial<ContainerSpec> & Pick<ContainerSpec, 'program'>;
	/** How it stands. */
	readonly now:
		| {readonly status: 'created'}
		| {
				readonly status: 'running' | 'paused';
				readonly upMs: number;
				readonly health?: 'healthy' | 'unhealthy';
		  }
		| {
				readonly status: 'exited';
				readonly exitCode: number;
				readonly sinceMs: number;
				readonly isOom?: boolean;
		  }
		/** Ended, and started when the world begins. */
		| {readonly status: 'looping'; readonly restartCount: number};
	/** How long ago it was created; a little before its start when absent. */
	readonly ageMs?: number;
};

/** How long before its start a container was created, and how long an ended one ran. */
const startupMs = 1400;
const ranMs = 41_000;

/** The container as the store has it. Those that are up have no process yet. */
export const placed = (
	{name, spec, now: state, ageMs, image}: WorldContainer,
	facts: DemoImageFacts,
	{id, now, index}: {readonly id: string; readonly now: number; readonly index: number},
): DemoContainer => {
	const argv = [...facts.entrypoint, ...(spec.command ?? facts.command)];
	const whole: ContainerSpec = {
		image,
		imageId: facts.id,
		argv,
		command: undefined,
		entrypoint: undefined,
		environment: facts.environment,
		workingDirectory: facts.workingDirectory,
		user: facts.user,
		hostname: '',
		isTty: false,
		isStdinOpen: false,
		exposedPorts: facts.exposedPorts,
		ports: [],
		mounts: [],
		restart: {name: 'no', maximumRetryCount: 0},
		isAutoRemove: false,
		network: 'bridge',
		aliases: [],
		memoryBytes: 0,
		nanoCpus: 0,
		...spec,
		labels: {...facts.labels, ...spec.labels},
	};
	const createdAt = now - (ageMs ?? sinceStart(state) + startupMs);
	const container = newContainer(id, name, whole, createdAt, index);
	switch (state.status) {
		case 'created':
			return container;
		case 'looping':
			return {...container, restartCount: state.restartCount};
		case 'exited': {
			const finishedAt = now - state.sinceMs;
			return {
				...container,
				status: 'exited',
				exitCode: state.exitCode,
				isOomKilled: state.isOom === true,
				startedAt: finishedAt - ranMs,
				finishedAt,
				exits: 1,
			};
		}
		default: {
			const startedAt = now - state.upMs;
			return {
				...container,
				status: state.status,
				// Beyond what a kernel gives out, as in the lifecycle, and below what that one counts up.
				pid: 5_000_000 + 10 * index,
				startedAt,
				...(state.status === 'paused' ? {pausedAt: now - 90_000} : {}),
				...(state.health === undefined
					? {}
					: {health: {status: state.health, failingStreak: state.health === 'unhealthy' ? 3 : 0}}),
			};
		}
	}
};

const sinceStart = (state: WorldContainer['now']): number => {
	switch (state.status) {
		case 'running':
		case 'paused':
			return state.upMs;
		case 'exited':
			return state.sinceMs + ranMs;
		default:
			return 0;
	}
};
