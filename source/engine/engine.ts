import type {ArchiveCalls} from './calls/archive-calls.ts';
import type {BuildCalls} from './calls/build-calls.ts';
import type {FileCalls} from './calls/file-calls.ts';
import type {ImageCalls} from './calls/image-calls.ts';
import type {LogCall} from './calls/log-calls.ts';
import type {NetworkCalls} from './calls/network-calls.ts';
import type {OperationCalls} from './calls/operation-calls.ts';
import type {ProcessCalls} from './calls/process-calls.ts';
import type {RecreateCalls} from './calls/recreate-calls.ts';
import type {RegistryCalls} from './calls/registry-calls.ts';
import type {SessionCalls} from './calls/session-calls.ts';
import type {PullOptions} from './pull.ts';
import type {RunSpec} from './run-types.ts';
import type {
	Container,
	ContainerId,
	EngineEvent,
	EngineInfo,
	EnginePlace,
	Image,
	ImageId,
	JsonValue,
	PruneResult,
	StatsCounters,
	TransferProgress,
} from './types.ts';

/**
 * Counters at this moment, synchronously in some 0.05 ms; `undefined` when the run it was opened for is over.
 * `isDetailed`: cores, throttling and what the kernel had to kill too, for twice the time.
 */
export type LocalReader = (isDetailed?: boolean) => StatsCounters | undefined;

/**
 * Opens a reader of a container's counters that does without the engine. It needs `details` of the present run, and
 * keeps nothing open. `undefined` for a container that does not run here (its engine is in a virtual machine, or the
 * socket leads elsewhere), or whose files cannot be read.
 */
export type OpenLocalStats = (container: Container) => LocalReader | undefined;

export type ConnectFacts = {
	readonly info: EngineInfo;
	/** The engine's own clock when it answered, epoch ms. */
	readonly engineTime: number;
	/** Given when the engine may be on this machine. */
	readonly openLocalStats?: OpenLocalStats;
};

/**
 * One engine. Every call rejects with an `EngineError`; every stream ends quietly when its signal aborts,
 * ends when the engine ends it, and throws an `EngineError` when it breaks. No call retries by itself.
 */
export type Engine = ProcessCalls &
	FileCalls &
	NetworkCalls &
	OperationCalls &
	RecreateCalls &
	SessionCalls &
	ImageCalls &
	ArchiveCalls &
	BuildCalls &
	RegistryCalls & {
		/** Where it is, and who named that place; of several the one that answered, the first until then. */
		readonly place: () => EnginePlace;

		/**
		 * `/_ping` (negotiates the API version), `/info`, `/version`. Call before anything else and after a loss.
		 * @param onAnswer called with the engine's own clock once it has answered the first: everything can be asked then
		 */
		readonly connect: (signal: AbortSignal, onAnswer?: (engineTime: number) => void) => Promise<ConnectFacts>;
		/** Is it still there? `/_ping` with a time limit. */
		readonly ping: (signal: AbortSignal) => Promise<void>;

		readonly listContainers: (signal: AbortSignal) => Promise<readonly Container[]>;
		/** `undefined` when it is gone (404). */
		readonly inspectContainer: (id: ContainerId, signal: AbortSignal) => Promise<Container | undefined>;
		/** The engine's JSON as it is, for reading. */
		readonly inspectRaw: (kind: 'container' | 'image', id: string, signal: AbortSignal) => Promise<JsonValue>;
		readonly listImages: (signal: AbortSignal) => Promise<readonly Image[]>;

		/**
		 * @param since epoch ms of the engine's clock; events from then on, oldest first. Never pauses the socket.
		 * @param onUnreadable something came that is no event: what it told is not known
		 */
		readonly events: (
			options: {readonly since: number; readonly onOpen?: () => void; readonly onUnreadable?: () => void},
			signal: AbortSignal,
		) => AsyncIterable<EngineEvent>;
		/** A reading about each second, until the container is gone. */
		readonly statsStream: (id: ContainerId, signal: AbortSignal) => AsyncIterable<StatsCounters>;
		/** One reading; `undefined` for a container that does not run. Immediate on API >= 1.44, about 1 s before. */
		readonly statsOnce: (id: ContainerId, signal: AbortSignal) => Promise<StatsCounters | undefined>;
		readonly logs: LogCall;

		readonly startContainer: (id: ContainerId, signal: AbortSignal) => Promise<void>;
		/** @param graceSeconds from the stop signal to SIGKILL; absent: what the container says, else 10 */
		readonly stopContainer: (id: ContainerId, signal: AbortSignal, graceSeconds?: number) => Promise<void>;
		readonly restartContainer: (id: ContainerId, signal: AbortSignal, graceSeconds?: number) => Promise<void>;
		readonly pauseContainer: (id: ContainerId, signal: AbortSignal) => Promise<void>;
		readonly unpauseContainer: (id: ContainerId, signal: AbortSignal) => Promise<void>;
		/** @param signalName e.g. `SIGHUP`; the engine checks it. */
		readonly killContainer: (id: ContainerId, signalName: string, signal: AbortSignal) => Promise<void>;
		readonly renameContainer: (id: ContainerId, name: string, signal: AbortSignal) => Promise<void>;
		readonly removeContainer: (
			id: ContainerId,
			options: {readonly force: boolean; readonly volumes: boolean},
			signal: AbortSignal,
		) => Promise<void>;
		readonly pruneContainers: (signal: AbortSignal) => Promise<PruneResult>;
		readonly createContainer: (
			spec: RunSpec,
			signal: AbortSignal,
		) => Promise<{readonly id: ContainerId; readonly warnings: readonly string[]}>;

		/** @param reference a tag, digest or id. Resolves to what was untagged and deleted. */
		readonly removeImage: (
			reference: string,
			options: {readonly force: boolean},
			signal: AbortSignal,
		) => Promise<{readonly untagged: readonly string[]; readonly deleted: readonly string[]}>;
		readonly tagImage: (id: ImageId, reference: string, signal: AbortSignal) => Promise<void>;
		/** @param which `dangling`: without a tag and unused; `unused`: every image no container uses. */
		readonly pruneImages: (which: 'dangling' | 'unused', signal: AbortSignal) => Promise<PruneResult>;
		/**
		 * Aborting the signal cancels the pull at the engine.
		 * @param reference normalised, with tag or digest; a repository for all of its tags, each of which is a result
		 * @param options absent: that one, for the engine's own platform
		 */
		readonly pullImage: (
			reference: string,
			signal: AbortSignal,
			options?: PullOptions,
		) => AsyncIterable<TransferProgress>;

		/** Closes every connection. */
		readonly close: () => void;
	};
