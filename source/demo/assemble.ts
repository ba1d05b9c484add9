import {setMaxListeners} from 'node:events';
import type {Clock} from '../clock.ts';
import {actingRoutes} from './containers/acting-routes.ts';
import {archiveRoutes} from './containers/archive-routes.ts';
import {commitRoutes} from './containers/commit-routes.ts';
import {createContainerEvents} from './containers/container-events.ts';
import {createContainerStore} from './containers/container-store.ts';
import {type DemoContainer, isAlive} from './containers/container-types.ts';
import {createRoutes} from './containers/create-routes.ts';
import {joiningRoutes} from './containers/joining-routes.ts';
import {createLifecycle} from './containers/lifecycle.ts';
import {logRoutes} from './containers/log-routes.ts';
import {createLogStore} from './containers/log-store.ts';
import {observingRoutes} from './containers/observing-routes.ts';
import {readingRoutes} from './containers/reading-routes.ts';
import {createRunner} from './containers/runner.ts';
import {wireEndpoints} from './containers/wire-network.ts';
import {wireSummary} from './containers/wire-summary.ts';
import type {DemoContext, DemoRoute} from './contract.ts';
import type {DemoOptions} from './demo-options.ts';
import {createEventLog} from './events/event-log.ts';
import {eventRoutes} from './events/event-routes.ts';
import type {EngineVersion} from './http/engine-versions.ts';
import {createDemoImages} from './images/demo-images.ts';
import {createRandom} from './random.ts';
import {createDemoResources} from './resources/demo-resources.ts';
import type {DemoContainerOfResources} from './resources/resource-types.ts';
import {attachRoutes} from './sessions/attach-routes.ts';
import {execRoutes} from './sessions/exec-routes.ts';
import {statsRoutes} from './stats/stats-routes.ts';
import {machine} from './system/machine.ts';
import {systemRoutes} from './system/system-routes.ts';
import {populate} from './world/populate.ts';
import {type StormOptions, storm} from './world/storm.ts';

export type AssembleOptions = {
	readonly options: DemoOptions;
	readonly clock: Clock;
	readonly version: EngineVersion;
	/** Aborts when the engine stops. */
	readonly stopped: AbortSignal;
};

export type DemoParts = {
	readonly routes: readonly DemoRoute[];
	readonly storm: (options: StormOptions) => Promise<void>;
	/** Ends what runs in the containers. */
	readonly stop: () => void;
};

/** Puts the parts of an engine together, and its world into it. */
export const assemble = ({options, clock, version, stopped}: AssembleOptions): DemoParts => {
	// Every request and every timer of the world ends with the engine.
	setMaxListeners(0, stopped);
	const {seed = 1} = options;
	const random = createRandom(seed);
	const eventLog = createEventLog(clock);
	const context: DemoContext = {clock, random, emit: eventLog.emit};
	const store = createContainerStore();
	const logs = createLogStore();
	const runner = createRunner(clock, logs);
	const events = createContainerEvents(context.emit);
	const lifecycle = createLifecycle({clock, store, logs, runner, events, stopped});
	const images = createDemoImages(
		context,
		imageId => store.ofImage(imageId).map(container => ({id: container.id, isRunning: isUsing(container)})),
		{seed, images: options.images ?? 0},
	);
	populate({clock, random, store, logs, lifecycle, images, stopped}, options.containers, seed);

	const containers = () => store.all().map(container => ofResources(container, clock.now()));
	const common = {clock, random, store, logs, runner, events, lifecycle, images, stopped};
	return {
		routes: [
			...systemRoutes({
				clock,
				version,
				store,
				imageCount: images.count,
				listenerCount: eventLog.listenerCount,
			}),
			...readingRoutes(common),
			...statsRoutes({
				clock,
				store,
				terms: {bootedAt: clock.now() - machine.uptimeMs, cgroupVersion: version.apiMinor === 41 ? 1 : 2},
				costMs: options.statsCostMs ?? 0,
				isOneShotQuick: version.apiMinor >= oneShotMinor,
			}),
			...eventRoutes(clock, eventLog),
			...logRoutes(clock, store, logs),
			...actingRoutes(common),
			...createRoutes(common),
			...commitRoutes(common),
			...observingRoutes(common),
			...archiveRoutes(common),
			...joiningRoutes({...common, containers}),
			...execRoutes(common),
			...attachRoutes(common),
			...images.routes,
			...createDemoResources(context, {
				images,
				containers,
			}),
		],
		storm: wanted => storm({clock, random, store, lifecycle, eventCount: eventLog.count, stopped}, wanted),
		stop: runner.stop,
	};
};

/** From this API on an engine answers a one-shot reading of statistics at once. */
const oneShotMinor = 44;

const isUsing = (container: DemoContainer): boolean =>
	isAlive(container) || container.status === 'restarting';

const ofResources = (container: DemoContainer, now: number): DemoContainerOfResources => {
	const {id, name, spec} = container;
	return {
		id,
		name,
		imageId: spec.imageId,
		isRunning: isAlive(container),
		networks: Object.entries(wireEndpoints(container)).map(([network, end]) => ({
			name: network,
			endpointId: end.EndpointID,
			ipAddress: end.IPAddress,
			macAddress: end.MacAddress,
		})),
		volumes: spec.mounts.flatMap(mount => mount.name ?? []),
		writtenBytes: container.startedAt === undefined ? 0 : 4096,
		summary: wireSummary(container, now),
	};
};
