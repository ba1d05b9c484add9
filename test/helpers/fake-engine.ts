import type {Clock} from '../../source/clock.ts';
import {likenessOf} from '../../source/engine/blueprint/likeness.ts';
import type {Blueprint} from '../../source/engine/blueprint/types.ts';
import type {BuildEvent} from '../../source/engine/build-types.ts';
import type {Engine, OpenLocalStats} from '../../source/engine/engine.ts';
import {EngineError} from '../../source/engine/errors.ts';
import type {HistoryItem, ImageFacts} from '../../source/engine/image-types.ts';
import type {ContainerChanges, ContainerProcess} from '../../source/engine/process-types.ts';
import type {RemoteImage, SearchResult} from '../../source/engine/registry-types.ts';
import type {LimitsChange} from '../../source/engine/run-types.ts';
import type {
	Container,
	ContainerId,
	ContainerState,
	EngineEvent,
	EngineInfo,
	Image,
	ImageId,
	LogLine,
	StatsCounters,
	TransferProgress,
} from '../../source/engine/types.ts';
import {type Channel, createChannel} from './channel.ts';
import {createFakeFiles, type FakeFiles, fakeFiles} from './fake-files.ts';
import {
	blueprintOf,
	containerOf,
	countersAt,
	detailsOf,
	idOf,
	imageFactsOf,
	imageOf,
	infoOf,
	limitsOf,
} from './objects.ts';

type Method = Exclude<keyof Engine, 'place' | 'close' | 'runLine' | 'likeness'>;
type Call = {readonly method: Method; readonly key: string; readonly options?: unknown};

/** An engine in memory: the test changes its truth, emits its events and decides which call fails or hangs. */
export type FakeEngine = Engine & {
	readonly containers: Map<ContainerId, Container>;
	readonly images: Map<ImageId, Image>;
	/** What an image's inspect tells beside what the list does; nothing where nothing is said. */
	readonly imageFacts: Map<ImageId, Partial<ImageFacts>>;
	readonly histories: Map<ImageId, readonly HistoryItem[]>;
	/** By container; none where nothing is said. */
	readonly processes: Map<ContainerId, readonly ContainerProcess[]>;
	readonly changed: Map<ContainerId, ContainerChanges>;
	readonly files: FakeFiles;
	/** What is set of a container. */
	readonly limits: Map<ContainerId, LimitsChange>;
	info: EngineInfo;
	/** What a container's blueprint has beside its name, image and state. */
	readonly blueprints: Map<ContainerId, Partial<Blueprint>>;
	/** Who lives in the network of any container. */
	guests: readonly string[];
	/** Told at the next connection. */
	openLocalStats: OpenLocalStats | undefined;
	/** Told to open streams, and to later ones that ask from before it. */
	readonly emit: (
		event: Partial<EngineEvent> & {readonly action: string; readonly actorId: string},
	) => EngineEvent;
	/** Changes a container and emits the events of it, in this order. */
	readonly change: (id: ContainerId, facts: Partial<Container>, ...actions: readonly string[]) => void;
	/** From now on every call of the method fails with this; with nothing it works again. */
	readonly fail: (method: Method, error?: Error) => void;
	/** Answers are held back (with what was true when they were asked for). @returns how to let them go. */
	readonly hold: (method: Method) => () => void;
	readonly calls: (method: Method) => readonly Call[];
	/** How many of the method were under way at the same time at most. */
	readonly peak: (method: Method) => number;
	/** Keys of the calls and streams of the method that are under way: container ids, references. */
	readonly open: (method: Method) => readonly string[];
	/** Calls and streams under way. */
	readonly openCount: () => number;
	readonly eventStream: () => Channel<EngineEvent>;
	readonly statsOf: (id: ContainerId) => Channel<StatsCounters>;
	readonly logOf: (id: ContainerId) => Channel<LogLine>;
	readonly pullOf: (reference: string) => Channel<TransferProgress>;
	readonly pushOf: (reference: string) => Channel<TransferProgress>;
	/** By search term; nothing is found where nothing is said. */
	readonly searchResults: Map<string, readonly SearchResult[]>;
	/** What names stand for in their registries, by reference. */
	readonly remotes: Map<string, RemoteImage>;
	/** As if the engine's process were gone: everything breaks and fails until `revive`. */
	readonly kill: () => void;
	readonly revive: () => void;
	readonly isClosed: () => boolean;
};

const gone = (): EngineError => new EngineError('unreachable', 'connect ECONNREFUSED /run/fake.sock');

type Under = Call & {channel?: Channel<never>};

/** Who was called how, and what is under way. */
const createLedger = () => {
	const calls: Call[] = [];
	const under = new Set<Under>();
	const peaks = new Map<Method, number>();
	const failures = new Map<Method, Error>();
	const gates = new Map<Method, PromiseWithResolvers<void>>();
	const openOf = (method: Method): readonly Under[] => [...under].filter(call => call.method === method);

	const begin = (call: Under): Under => {
		calls.push(call);
		under.add(call);
		peaks.set(call.method, Math.max(peaks.get(call.method) ?? 0, openOf(call.method).length));
		return call;
	};

	const pass = async (method: Method, signal: AbortSignal): Promise<void> => {
		const aborted = Promise.withResolvers<never>();
		const onAbort = (): void => {
			aborted.reject(new EngineError('aborted', 'given up'));
		};
		signal.addEventListener('abort', onAbort, {once: true});
		try {
			if (signal.aborted) onAbort();
			await Promise.race([gates.get(method)?.promise ?? Promise.resolve(), aborted.promise]);
			const failure = failures.get(method);
			if (failure !== undefined) throw failure;
		} finally {
			aborted.promise.catch(() => {});
			signal.removeEventListener('abort', onAbort);
		}
	};

	return {
		calls,
		under,
		peaks,
		failures,
		gates,
		openOf,
		/** What is true is read when the call begins, and answered when it may pass. */
		async answer<T>(call: Call, signal: AbortSignal, read: () => T): Promise<T> {
			const mine = begin({...call});
			try {
				const value = failures.has(call.method) ? undefined : read();
				await pass(call.method, signal);
				return value as T;
			} finally {
				under.delete(mine);
			}
		},
		async *stream<T>(call: Call, signal: AbortSignal, onOpen: (channel: Channel<T>) => void) {
			const mine = begin({...call});
			try {
				await pass(call.method, signal);
				const channel = createChannel<T>(signal);
				mine.channel = channel as unknown as Channel<never>;
				onOpen(channel);
				yield* channel;
			} catch (error) {
				if (!signal.aborted) throw error;
			} finally {
				under.delete(mine);
			}
		},
	};
};

export const createFakeEngine = (clock: Clock): FakeEngine => {
	const ledger = createLedger();
	const containers = new Map<ContainerId, Container>();
	const images = new Map<ImageId, Image>();
	const files = createFakeFiles();
	const limits = new Map<ContainerId, LimitsChange>();
	const history: EngineEvent[] = [];
	let sequence = 0;
	let created = 0;
	let isClosed = false;

	const channelOf = <T>(method: Method, key: string): Channel<T> => {
		const call = ledger.openOf(method).findLast(each => each.key === key && each.channel !== undefined);
		if (call?.channel === undefined) throw new Error(`no open ${method} of ${key}`);
		return call.channel as unknown as Channel<T>;
	};

	const emit: FakeEngine['emit'] = facts => {
		sequence += 1;
		const event: EngineEvent = {
			type: 'container',
			attributes: {},
			at: clock.now(),
			timeNano: `${clock.now()}${String(sequence).padStart(6, '0')}`,
			...facts,
		};
		history.push(event);
		for (const {channel} of ledger.openOf('events'))
			(channel as Channel<EngineEvent> | undefined)?.push(event);
		return event;
	};

	const change: FakeEngine['change'] = (id, facts, ...actions) => {
		const container = containers.get(id);
		if (container !== undefined) containers.set(id, {...container, ...facts});
		for (const action of actions) emit({action, actorId: id});
	};

	const known = (id: ContainerId): Container => {
		const container = containers.get(id);
		if (container === undefined) throw new EngineError('not-found', `No such container: ${id}`);
		return container;
	};

	const act =
		(method: Method, state: ContainerState, ...actions: readonly string[]) =>
		(id: ContainerId, signal: AbortSignal, graceSeconds?: number) =>
			ledger.answer(
				{method, key: id, ...(graceSeconds !== undefined && {options: graceSeconds})},
				signal,
				() => {
					known(id);
					change(id, {state}, ...actions);
				},
			);

	const list = (container: Container): Container => {
		const {details: _, ...listed} = container;
		return listed;
	};

	const remove = (id: ContainerId): void => {
		known(id);
		containers.delete(id);
		emit({action: 'destroy', actorId: id});
	};

	const make = (image: string, name = `made${created + 1}`) => {
		if ([...containers.values()].some(container => container.name === name))
			throw new EngineError('conflict', `The container name "/${name}" is already in use`);
		created += 1;
		const id = idOf(0xf000 + created);
		containers.set(id, containerOf(0, {id, name, image, state: 'created'}));
		emit({action: 'create', actorId: id});
		return {id, warnings: []};
	};

	const blueprintIn = ({id, name, image, state}: Container): Blueprint =>
		blueprintOf({id, name, image, state, ...blueprints.get(id)});
	const blueprints = new Map<ContainerId, Partial<Blueprint>>();
	const engine: FakeEngine = {
		blueprints,
		guests: [],
		place: () => ({address: 'fake:///run/fake.sock', source: 'test'}),
		info: infoOf(),
		openLocalStats: undefined,
		containers,
		images,
		imageFacts: new Map(),
		histories: new Map(),
		processes: new Map(),
		changed: new Map(),
		files,
		limits,
		emit,
		change,
		fail(method, error) {
			if (error === undefined) ledger.failures.delete(method);
			else ledger.failures.set(method, error);
		},
		hold(method) {
			const gate = Promise.withResolvers<void>();
			ledger.gates.set(method, gate);
			return () => {
				ledger.gates.delete(method);
				gate.resolve();
			};
		},
		calls: method => ledger.calls.filter(call => call.method === method),
		peak: method => ledger.peaks.get(method) ?? 0,
		open: method => ledger.openOf(method).map(call => call.key),
		openCount: () => ledger.under.size,
		eventStream: () => channelOf('events', ''),
		statsOf: id => channelOf('statsStream', id),
		logOf: id => channelOf('logs', id),
		pullOf: reference => channelOf('pullImage', reference),
		pushOf: reference => channelOf('pushImage', reference),
		searchResults: new Map(),
		remotes: new Map(),
		kill() {
			for (const method of everyCall) ledger.failures.set(method, gone());
			for (const {channel} of ledger.under) channel?.fail(gone());
		},
		revive() {
			ledger.failures.clear();
		},
		isClosed: () => isClosed,

		connect: async (signal, onAnswer) => {
			const facts = await ledger.answer({method: 'connect', key: ''}, signal, () => ({
				info: engine.info,
				engineTime: clock.now(),
				...(engine.openLocalStats && {openLocalStats: engine.openLocalStats}),
			}));
			onAnswer?.(facts.engineTime);
			return facts;
		},
		ping: signal => ledger.answer({method: 'ping', key: ''}, signal, () => undefined),
		listContainers: signal =>
			ledger.answer({method: 'listContainers', key: ''}, signal, () => [...containers.values()].map(list)),
		inspectContainer: (id, signal) =>
			ledger.answer({method: 'inspectContainer', key: id}, signal, () => {
				const container = containers.get(id);
				return container && {...container, details: container.details ?? detailsOf()};
			}),
		inspectRaw: (kind, id, signal) =>
			ledger.answer({method: 'inspectRaw', key: id, options: kind}, signal, () => ({
				Id: id,
				Kind: kind,
				...(kind === 'container' ? {Name: known(id as ContainerId).name} : {}),
			})),
		listImages: signal => ledger.answer({method: 'listImages', key: ''}, signal, () => [...images.values()]),
		events: ({since, onOpen}, signal) =>
			ledger.stream<EngineEvent>({method: 'events', key: '', options: {since}}, signal, channel => {
				onOpen?.();
				for (const event of history) if (event.at >= since) channel.push(event);
			}),
		statsStream: (id, signal) => ledger.stream({method: 'statsStream', key: id}, signal, () => {}),
		statsOnce: (id, signal) =>
			ledger.answer({method: 'statsOnce', key: id}, signal, () =>
				known(id).state === 'running' ? countersAt(clock.now()) : undefined,
			),
		logs: async function* (id, options, signal) {
			for await (const line of ledger.stream<LogLine>({method: 'logs', key: id, options}, signal, () => {}))
				yield [line];
		},

		listProcesses: (id, signal) =>
			ledger.answer(
				{method: 'listProcesses', key: id},
				signal,
				() => engine.processes.get(known(id).id) ?? [],
			),
		containerChanges: (id, signal) =>
			ledger.answer(
				{method: 'containerChanges', key: id},
				signal,
				() => engine.changed.get(known(id).id) ?? {changes: [], mountPoints: []},
			),

		inspectImage: (id, signal) =>
			ledger.answer({method: 'inspectImage', key: id}, signal, () =>
				imageFactsOf(images.get(id) ?? imageOf(1, {id}), engine.imageFacts.get(id)),
			),
		imageHistory: (id, signal) =>
			ledger.answer({method: 'imageHistory', key: id}, signal, () => engine.histories.get(id) ?? []),
		saveImages: (references, signal) =>
			ledger.stream<Uint8Array>({method: 'saveImages', key: references.join(' ')}, signal, () => {}),
		loadImages: (_, signal) =>
			ledger.stream<TransferProgress>({method: 'loadImages', key: ''}, signal, () => {}),
		importImage: (_, options, signal) =>
			ledger.stream<TransferProgress>(
				{method: 'importImage', key: options.reference, options},
				signal,
				() => {},
			),
		buildImage: (_, options, signal) =>
			ledger.stream<BuildEvent>(
				{method: 'buildImage', key: options.tags.join(' '), options},
				signal,
				() => {},
			),

		startContainer: act('startContainer', 'running', 'start'),
		stopContainer: act('stopContainer', 'exited', 'kill', 'die', 'stop'),
		restartContainer: act('restartContainer', 'running', 'kill', 'die', 'stop', 'start', 'restart'),
		pauseContainer: act('pauseContainer', 'paused', 'pause'),
		unpauseContainer: act('unpauseContainer', 'running', 'unpause'),
		killContainer: (id, options, signal) =>
			ledger.answer({method: 'killContainer', key: id, options}, signal, () => {
				known(id);
				change(id, {state: 'exited', exitCode: 137}, 'kill', 'die');
			}),
		renameContainer: (id, name, signal) =>
			ledger.answer({method: 'renameContainer', key: id, options: name}, signal, () => {
				known(id);
				if ([...containers.values()].some(container => container.name === name))
					throw new EngineError('conflict', `The container name "/${name}" is already in use`);
				change(id, {name}, 'rename');
			}),
		removeContainer: (id, options, signal) =>
			ledger.answer({method: 'removeContainer', key: id, options}, signal, () => {
				if (known(id).state === 'running' && !options.force) {
					throw new EngineError('conflict', `You cannot remove a running container ${id}. Stop it first`);
				}
				remove(id);
			}),
		pruneContainers: signal =>
			ledger.answer({method: 'pruneContainers', key: ''}, signal, () => {
				const removed = [...containers.values()]
					.filter(({state}) => state === 'exited' || state === 'created')
					.map(({id}) => id);
				removed.forEach(remove);
				return {removed, reclaimedBytes: 0};
			}),
		createContainer: (spec, signal) =>
			ledger.answer({method: 'createContainer', key: spec.image, options: spec}, signal, () =>
				make(spec.image, spec.name),
			),

		blueprint: (id, signal) =>
			ledger.answer({method: 'blueprint', key: id}, signal, () => blueprintIn(known(id))),
		runLine: ({name, image, config}) => ({
			line: `docker run --detach --name ${name} ${image}`,
			unsaid: Object.keys(config).filter(key => key.startsWith('X')),
		}),
		likeness: likenessOf,
		createAgain: (blueprint, name, signal) =>
			ledger.answer({method: 'createAgain', key: blueprint.id, options: name}, signal, () =>
				make(blueprint.image, name),
			),
		createLike: (rest, spec, signal) =>
			ledger.answer({method: 'createLike', key: spec.image, options: {rest, spec}}, signal, () =>
				make(spec.image, spec.name),
			),
		networkGuests: (id, signal) =>
			ledger.answer({method: 'networkGuests', key: id}, signal, () => engine.guests),

		containerLimits: (id, signal) =>
			ledger.answer({method: 'containerLimits', key: id}, signal, () => ({
				...limitsOf(),
				...limits.get(known(id).id),
			})),
		updateContainer: (id, options, signal) =>
			ledger.answer({method: 'updateContainer', key: id, options}, signal, () => {
				limits.set(id, {...limits.get(known(id).id), ...options});
				emit({action: 'update', actorId: id});
				return [];
			}),
		commitContainer: (id, options, signal) =>
			ledger.answer({method: 'commitContainer', key: id, options}, signal, () => {
				created += 1;
				const image = imageOf(0xc000 + created, {tags: [options.reference]});
				images.set(image.id, image);
				emit({action: 'commit', actorId: known(id).id});
				return image.id;
			}),
		imageSize: (id, signal) =>
			ledger.answer({method: 'imageSize', key: id}, signal, () => images.get(id)?.sizeBytes ?? 0),

		removeImage: (reference, options, signal) =>
			ledger.answer({method: 'removeImage', key: reference, options}, signal, () => {
				const image = [...images.values()].find(({id, tags}) => id === reference || tags.includes(reference));
				if (image === undefined) throw new EngineError('not-found', `No such image: ${reference}`);
				images.delete(image.id);
				emit({type: 'image', action: 'delete', actorId: image.id});
				return {untagged: image.tags, deleted: [image.id]};
			}),
		tagImage: (id, reference, signal) =>
			ledger.answer({method: 'tagImage', key: id, options: reference}, signal, () => {
				const image = images.get(id);
				if (image === undefined) throw new EngineError('not-found', `No such image: ${id}`);
				images.set(id, {...image, tags: [...image.tags, reference]});
				emit({type: 'image', action: 'tag', actorId: id});
			}),
		pruneImages: (which, signal) =>
			ledger.answer({method: 'pruneImages', key: which}, signal, () => ({removed: [], reclaimedBytes: 0})),
		checkAuth: ({host, credentials}, signal) =>
			ledger.answer({method: 'checkAuth', key: host}, signal, () => {
				if (credentials.kind === 'password' && credentials.password === 'wrong')
					throw new EngineError('auth', 'unauthorized: incorrect username or password');
				return {status: 'Login Succeeded'};
			}),
		searchImages: (term, options, signal) =>
			ledger.answer(
				{method: 'searchImages', key: term, options},
				signal,
				() => engine.searchResults.get(term) ?? [],
			),
		describeRemote: (reference, signal) =>
			ledger.answer({method: 'describeRemote', key: reference}, signal, () => {
				const remote = engine.remotes.get(reference);
				if (remote === undefined) throw new EngineError('not-found', `no such image: ${reference}`);
				return remote;
			}),
		pushImage: (reference, signal, auth, platform) =>
			ledger.stream<TransferProgress>(
				{method: 'pushImage', key: reference, options: {auth, platform}},
				signal,
				() => {},
			),
		pullImage: (reference, signal, options) =>
			ledger.stream({method: 'pullImage', key: reference, ...(options && {options})}, signal, () => {}),
		listNetworks: signal => ledger.answer({method: 'listNetworks', key: ''}, signal, () => fakeNetworks),
		connectNetwork: (network, id, options, signal) =>
			ledger.answer({method: 'connectNetwork', key: id, options: {network, ...options}}, signal, () => {
				change(id, {networks: [...known(id).networks, network]});
				emit({type: 'network', action: 'connect', actorId: network, attributes: {container: id}});
			}),
		disconnectNetwork: (network, id, options, signal) =>
			ledger.answer({method: 'disconnectNetwork', key: id, options: {network, ...options}}, signal, () => {
				change(id, {networks: known(id).networks.filter(name => name !== network)});
				emit({type: 'network', action: 'disconnect', actorId: network, attributes: {container: id}});
			}),
		...fakeFiles(ledger, files),
		exec: (id, options, signal) =>
			ledger.answer({method: 'exec', key: id, options}, signal, () => {
				throw new EngineError('unsupported', 'this engine has no exec');
			}),
		attach: (id, signal) =>
			ledger.answer({method: 'attach', key: id}, signal, () => {
				throw new EngineError('unsupported', 'this engine has no attach');
			}),
		close() {
			isClosed = true;
			for (const {channel} of ledger.under) channel?.end();
		},
	};
	return engine;
};

const fakeNetworks = [
	{id: 'n0', name: 'bridge', driver: 'bridge', isInternal: false, subnets: ['172.17.0.0/16']},
	{id: 'n1', name: 'host', driver: 'host', isInternal: false, subnets: []},
	{id: 'n2', name: 'shop', driver: 'bridge', isInternal: true, subnets: []},
];

/** What a dead engine cannot do any more: everything. */
const everyCall: readonly Method[] = [
	'connect',
	'ping',
	'listContainers',
	'inspectContainer',
	'inspectRaw',
	'listImages',
	'events',
	'statsStream',
	'statsOnce',
	'logs',
	'listProcesses',
	'containerChanges',
	'startContainer',
	'stopContainer',
	'restartContainer',
	'pauseContainer',
	'unpauseContainer',
	'killContainer',
	'renameContainer',
	'removeContainer',
	'pruneContainers',
	'createContainer',
	'blueprint',
	'createAgain',
	'createLike',
	'networkGuests',
	'containerLimits',
	'updateContainer',
	'commitContainer',
	'imageSize',
	'removeImage',
	'tagImage',
	'pruneImages',
	'pullImage',
	'pushImage',
	'checkAuth',
	'searchImages',
	'describeRemote',
	'exec',
	'listNetworks',
	'connectNetwork',
	'disconnectNetwork',
	'statPath',
	'readArchive',
	'writeArchive',
	'attach',
];
