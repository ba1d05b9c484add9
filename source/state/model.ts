import type {
	Container,
	ContainerId,
	EngineEvent,
	EngineInfo,
	EnginePlace,
	Image,
	ImageId,
	LayerPhase,
} from '../engine/types.ts';
import type {ListId} from '../resources/resource.ts';
import type {Fault, Loading} from './loading.ts';
import type {Overlay} from './overlays.ts';
import type {Pace} from './pace.ts';
import type {QueryId} from './queries.ts';
import type {BuildForm, BuildProgress} from './views/build.ts';
import type {ChangesView} from './views/changes.ts';
import type {CompareView} from './views/compare.ts';
import type {DocumentState} from './views/document.ts';
import type {CopyTask, FilesView} from './views/files.ts';
import type {ImageView, StoredImage} from './views/image.ts';
import type {ImageJob, PullChoice} from './views/image-jobs.ts';
import type {LayersView} from './views/layers.ts';
import type {LogLimits} from './views/log-buffer.ts';
import type {LogLook, LogSelection, LogsState} from './views/logs.ts';
import type {MoveTarget} from './views/move-target.ts';
import type {OutdatedView} from './views/outdated.ts';
import type {ProcessesView} from './views/processes.ts';
import type {LastPlace, RegistryPlace, RegistryView} from './views/registry.ts';
import type {SearchView} from './views/search.ts';
import type {StatsState} from './views/stats.ts';
import type {TroublesState} from './views/troubles.ts';

/** An engine that can be switched to. */
export type EngineChoice = {
	readonly id: string;
	/** Its name, e.g. that of a context. */
	readonly label: string;
	readonly note: string;
};

/** `reconnecting` keeps what was last known; `retryAt` (epoch ms) is absent while a try is under way. */
export type Connection =
	| {readonly status: 'connecting'}
	| {readonly status: 'live'; readonly since: number}
	| {
			readonly status: 'reconnecting';
			readonly fault: Fault;
			readonly attempt: number;
			readonly lostAt: number;
			readonly retryAt?: number;
	  };

export type EngineState = {
	/** Where we are connected and what named it: `flag -H`, `DOCKER_HOST`, `context "prod"`, `default socket` … */
	readonly place: EnginePlace;
	/** The embedded engine: nothing here is real. */
	readonly isDemo: boolean;
	readonly choices: readonly EngineChoice[];
	readonly connection: Connection;
	readonly info?: EngineInfo;
};

export type ContainersState = {
	readonly byId: ReadonlyMap<ContainerId, Container>;
	readonly loading: Loading;
};

export type ImagesState = {
	readonly byId: ReadonlyMap<ImageId, Image>;
	readonly loading: Loading;
	/** What was asked of each beyond the list, as far as it was. */
	readonly contents: ReadonlyMap<ImageId, StoredImage>;
	/** Of these it could not be had. */
	readonly unreadable: ReadonlySet<ImageId>;
};

export type LayerProgress = {
	readonly id: string;
	readonly phase: LayerPhase;
	readonly status: string;
	/** Over the network. */
	readonly currentBytes: number;
	/** Absent until the engine tells it. */
	readonly totalBytes?: number;
	/** Of a layer that came, as compressed; absent where the engine does not count it in bytes. */
	readonly unpackedBytes?: number;
};

export type TransferId = string;

/** `retrying`: the registry could not answer just now, and is asked again by and by. */
export type TransferStatus =
	| 'queued'
	| 'running'
	| 'retrying'
	| 'cancelling'
	| 'done'
	| 'failed'
	| 'cancelled';

/** A pull or push that failed for a reason that may pass. */
export type TransferRetry = {
	/** How often it was tried. */
	readonly tries: number;
	/** How often it is tried again by itself at most. */
	readonly most: number;
	readonly cause: 'rate-limited' | 'unavailable';
	/** Epoch ms of the next try; absent: as soon as there is room. */
	readonly at?: number;
};

export type Transfer = {
	readonly id: TransferId;
	readonly kind: 'pull' | 'copy-out' | 'copy-in' | ImageJob['kind'];
	/** What a copy has to do; absent for a pull. */
	readonly copy?: CopyTask;
	/** What is done with images, but for pulls. */
	readonly job?: ImageJob;
	/** Of a build: its steps so far. */
	readonly build?: BuildProgress;
	/** Of a pull, where it was said. */
	readonly pull?: PullChoice;
	/** Of an image normalised: with tag or digest; of a copy from where to where. */
	readonly reference: string;
	readonly status: TransferStatus;
	/** In the order in which the engine named them. */
	readonly layers: ReadonlyMap<string, LayerProgress>;
	/** The engine's last word that belongs to no layer. */
	readonly message: string;
	/** What a copy left out, and why, capped. */
	readonly leftOut: readonly string[];
	readonly leftOutCount: number;
	/** Images that came of it, in the engine's order: names, or ids of those without. */
	readonly results: readonly string[];
	/** Nothing moves that could be counted: what is waited for, and since when. */
	readonly waiting?: {readonly status: string; readonly since: number};
	/** What the registry knows it by, once that was told: `sha256:…`. */
	readonly digest?: string;
	readonly bytesDone: number;
	/** 0 while no layer told its size. */
	readonly bytesTotal: number;
	/** Of the layers whose size is still to come, by those whose size is known. */
	readonly bytesGuessed: number;
	/** Of the layers of a pull. */
	readonly bytesUnpacked: number;
	/** 0 to 0.99 of all there is to do with the layers; never less than before, absent while no size is known. */
	readonly fraction?: number;
	/** Of the bytes that are done, and of those unpacked; absent before it has begun. */
	readonly pace?: Pace;
	readonly unpackPace?: Pace;
	readonly requestedAt: number;
	readonly startedAt?: number;
	readonly endedAt?: number;
	/** Of a failed one; while it is tried again, why the last try failed. */
	readonly fault?: Fault;
	readonly retry?: TransferRetry;
};

/** The container whose screen is open. */
export type OpenedContainer = {
	readonly containerId: ContainerId;
	/** As it was last known: it stays when the container is gone. */
	readonly container?: Container;
	/** Set once it is gone. */
	readonly departure?: Departure;
};

export type Departure = {
	/** Epoch ms. */
	readonly at: number;
	/** The event's action, `destroy`; absent when it was only found missing. */
	readonly by?: string;
};

export const paneIds = ['containers', 'images', 'resources', 'transfers', 'events'] as const;
export type PaneId = (typeof paneIds)[number];

/** The tabs of a container's screen, from left to right. */
export const containerTabs = [
	'logs',
	'stats',
	'processes',
	'inspect',
	'config',
	'network',
	'changes',
	'files',
] as const;
export type ContainerTab = (typeof containerTabs)[number];

/** The tabs of an image's screen, from left to right. */
export const imageTabs = ['layers', 'history', 'imageConfig', 'inspect'] as const;
export type ImageTab = (typeof imageTabs)[number];

/** What a list remembers of its reader. Rows are known by key, so that they may move under the cursor. */
export type ListState = {
	readonly cursorKey?: string;
	/** Where the cursor was last; used when its row is gone. */
	readonly cursorIndex: number;
	/** A row still to come that the cursor goes to when it is there; moving the cursor calls it off. */
	readonly landingKey?: string;
	/** First row shown. */
	readonly offset: number;
	readonly filter: string;
	/** Column id; absent = the resource's own order. */
	readonly sortBy?: string;
	readonly isReversed: boolean;
	readonly marks: ReadonlySet<string>;
};

export type Screen =
	| {readonly kind: 'dashboard'}
	| {
			readonly kind: 'container';
			readonly containerId: ContainerId;
			readonly tab: ContainerTab;
			readonly origin?: ScreenOrigin;
	  }
	/** The logs of several containers as one. */
	| {readonly kind: 'logs'; readonly of: LogSelection}
	| {readonly kind: 'image'; readonly imageId: ImageId; readonly tab: ImageTab}
	/** Two images side by side. */
	| {
			readonly kind: 'compare';
			readonly sides: readonly [CompareSide, CompareSide];
			/** The image's screen that it was opened from, where it goes back to. */
			readonly origin?: {readonly imageId: ImageId; readonly tab: ImageTab; readonly title: string};
	  }
	/** The steps of a build. */
	| {readonly kind: 'build'; readonly transferId: TransferId; readonly origin?: ScreenOrigin}
	/** All transfers. */
	| {readonly kind: 'transfers'; readonly origin?: ScreenOrigin}
	/** The layers of one, or what else there is to tell of it. */
	| {readonly kind: 'transfer'; readonly transferId: TransferId; readonly origin?: ScreenOrigin}
	/** Registries, their repositories, tags and manifests. */
	| {
			readonly kind: 'registry';
			readonly place: RegistryPlace;
			/** The screen that it was opened from, where it goes back to; absent: the dashboard. */
			readonly origin?: {readonly screen: Screen; readonly title?: string};
	  }
	/** What a search on Docker Hub has found. */
	| {readonly kind: 'search'; readonly term: string}
	/** Containers whose image is newer in its registry. */
	| {readonly kind: 'outdated'};

/** The screen that another one was opened from, where it goes back to; absent: the dashboard. */
export type ScreenOrigin = {readonly screen: Screen; readonly title?: string};

/** An image that is compared: its id and the name by which it was chosen. */
export type CompareSide = {readonly imageId: ImageId; readonly name: string};

export type Toast = {
	readonly id: number;
	readonly kind: 'success' | 'info' | 'error';
	readonly text: string;
	/** What can be done next; errors only. */
	readonly hint?: string;
	readonly at: number;
	/** Epoch ms; errors have none: they stay until dismissed. */
	readonly expiresAt?: number;
};

/** An action under way on one object. */
export type Busy = {
	readonly actionId: number;
	readonly kind: 'container' | 'image';
	/** As shown on the row: `stopping`. */
	readonly verb: string;
	/** The engine answered; the row stays busy until the event about it arrives or this moment passes. */
	readonly settledUntil?: number;
	/** A fact about the object arrived since the start. */
	readonly wasSeen: boolean;
};

export type UiState = {
	readonly columns: number;
	readonly rows: number;
	readonly screen: Screen;
	/** The container or image that was read last. */
	readonly lastSubject?: string;
	/** What the registry screen has shown last, level by level. */
	readonly lastPlace?: LastPlace;
	readonly focus: PaneId;
	readonly isZoomed: boolean;
	readonly lists: Readonly<Record<ListId, ListState>>;
	/** The list whose filter is being typed. */
	readonly filterEdit?: {
		readonly list: ListId;
		readonly before: string;
		/** The row under the cursor before: the way back when the filter is dropped. */
		readonly keyBefore?: string;
		readonly cursor: number;
	};
	/** What is looked for in what is read. */
	readonly queries: Readonly<Partial<Record<QueryId, string>>>;
	/** The query that is being typed. */
	readonly queryEdit?: {readonly id: QueryId; readonly before: string; readonly cursor: number};
	readonly isRunningOnly: boolean;
	readonly isGrouped: boolean;
	readonly collapsedProjects: ReadonlySet<string>;
	/** The image list is a tree of repositories and their tags. */
	readonly isTree: boolean;
	readonly foldedRepositories: ReadonlySet<string>;
	/** Last one on top. */
	readonly overlays: readonly Overlay[];
	readonly toasts: readonly Toast[];
	/** Every toast there was, oldest first, capped. */
	readonly messages: readonly Toast[];
	readonly isReadOnly: boolean;
	/** Stopping or restarting one container does not ask first. */
	readonly isTrusting: boolean;
	/** What the last form for a build was filled in with. */
	readonly buildForm: BuildForm;
	/** So many transfers run at the same time. */
	readonly transferLimit: number;
	/** How much of a log is kept. */
	readonly logLimits: LogLimits;
	/** How the next log is shown that is opened. */
	readonly logLook: LogLook;
	/** What is to be looked at again, counted. */
	readonly look: {readonly count: number; readonly ids: readonly ContainerId[]};
	/** Counts the user's wishes to reconnect now. */
	readonly retryCount: number;
};

export type State = {
	readonly engine: EngineState;
	readonly containers: ContainersState;
	readonly images: ImagesState;
	readonly stats: StatsState;
	readonly troubles: TroublesState;
	readonly transfers: ReadonlyMap<TransferId, Transfer>;
	/** Newest last, capped. */
	readonly events: readonly EngineEvent[];
	readonly logs?: LogsState;
	readonly document?: DocumentState;
	readonly opened?: OpenedContainer;
	readonly processes?: ProcessesView;
	readonly changes?: ChangesView;
	readonly files?: FilesView;
	readonly image?: ImageView;
	readonly layers?: LayersView;
	readonly compare?: CompareView;
	readonly registry?: RegistryView;
	readonly search?: SearchView;
	readonly outdated?: OutdatedView;
	readonly moveTarget?: MoveTarget;
	/** By object id. */
	readonly busy: ReadonlyMap<string, Busy>;
	readonly ui: UiState;
	/** The one clock, epoch ms. */
	readonly now: number;
};

export const eventsKept = 2000;
export const messagesKept = 500;
