import type {Clock} from '../../clock.ts';
import type {ContainerStore} from '../containers/container-store.ts';
import {isAlive} from '../containers/container-types.ts';
import type {Lifecycle} from '../containers/lifecycle.ts';
import type {LogStore} from '../containers/log-store.ts';
import type {DemoContext, DemoImages} from '../contract.ts';
import {hexId} from '../random.ts';
import {generatedWorld} from './generated.ts';
import {others, reportJobName} from './others.ts';
import {shop} from './shop.ts';
import {placed, type WorldContainer} from './world-container.ts';

export type WorldParts = {
	readonly clock: Clock;
	readonly random: DemoContext['random'];
	readonly store: ContainerStore;
	readonly logs: LogStore;
	readonly lifecycle: Lifecycle;
	readonly images: DemoImages;
	readonly stopped: AbortSignal;
};

/** The job is started so long after the engine, and then so often. */
const firstReportMs = 20_000;
const reportEveryMs = 150_000;

/** Puts the containers into an empty store, and lets the little world begin to live. */
export const populate = (parts: WorldParts, count: number | undefined, seed: number): void => {
	const world = count === undefined ? [...shop, ...others] : generatedWorld(count, seed);
	for (const [index, container] of world.entries()) place(parts, container, index);
	if (count === undefined) scheduleReports(parts, firstReportMs);
};

const place = (
	{clock, random, store, logs, lifecycle, images}: WorldParts,
	item: WorldContainer,
	index: number,
): void => {
	const facts = images.find(item.image);
	if (facts === undefined) throw new Error(`the demo has no image ${item.image}`);
	const container = placed(item, facts, {id: hexId(random), now: clock.now(), index});
	store.add(container);
	const {id, startedAt, finishedAt, spec} = container;
	if (startedAt !== undefined) logs.begin(id, startedAt, spec.program);
	if (finishedAt !== undefined && !isAlive(container)) logs.end(id, finishedAt);
	if (item.now.status === 'looping') lifecycle.start(id, item.now.restartCount);
};

/** Until the engine stops, for as long as the job is there. */
const scheduleReports = (parts: WorldParts, delayMs: number): void => {
	const {clock, store, lifecycle, stopped} = parts;
	const cancel = clock.after(delayMs, () => {
		stopped.removeEventListener('abort', cancel);
		const job = store.named(reportJobName);
		if (job?.status === 'exited') lifecycle.start(job.id);
		if (!stopped.aborted) scheduleReports(parts, reportEveryMs);
	});
	stopped.addEventListener('abort', cancel, {once: true});
};
