import type {ContainerFacts} from '../engine/container-facts.ts';
import type {
	Container,
	ContainerId,
	EngineEvent,
	EngineInfo,
	EnginePlace,
	Image,
	JsonValue,
	StatsSample,
	TransferProgress,
} from '../engine/types.ts';
import type {ListId} from '../resources/resource.ts';
import type {Fault} from './loading.ts';
import type {PaneId, Screen, Toast, TransferId, TransferRetry} from './model.ts';
import type {Movement} from './movement.ts';
import type {ChoiceSpec, CommandInput, ConfirmSpec, Overlay} from './overlays.ts';
import type {QueryId} from './queries.ts';
import type {TextEdit, TextValue} from './text-edit.ts';
import type {BuildMessage} from './views/build.ts';
import type {ChangesMessage} from './views/changes.ts';
import type {CompareMessage} from './views/compare.ts';
import type {DocumentMessage} from './views/document.ts';
import type {CopyTask, FilesFact, FilesMessage} from './views/files.ts';
import type {ImageMessage} from './views/image.ts';
import type {ImageJob, PullChoice} from './views/image-jobs.ts';
import type {LayersMessage} from './views/layers.ts';
import type {LogsFact, LogsIntent} from './views/logs.ts';
import type {MoveTargetMessage} from './views/move-target.ts';
import type {OutdatedMessage} from './views/outdated.ts';
import type {ProcessesMessage} from './views/processes.ts';
import type {RegistryMessage} from './views/registry.ts';
import type {SearchMessage} from './views/search.ts';
import type {StatsMessage} from './views/stats.ts';

export type {Movement} from './movement.ts';

/** Facts: written by `feed/` alone. */
export type EngineMessage =
	/** A try has begun. */
	| {readonly type: 'engine/connecting'}
	| {
			readonly type: 'engine/connected';
			readonly info: EngineInfo;
			readonly place: EnginePlace;
			readonly at: number;
	  }
	/** The try failed or the connection broke; the next try comes at `retryAt`. */
	| {
			readonly type: 'engine/lost';
			readonly fault: Fault;
			readonly attempt: number;
			readonly retryAt: number;
	  }
	/** The full truth: what is not in it is gone. */
	| {readonly type: 'engine/containers-listed'; readonly containers: readonly Container[]}
	| {readonly type: 'engine/images-listed'; readonly images: readonly Image[]}
	| {readonly type: 'engine/list-failed'; readonly list: 'containers' | 'images'; readonly fault: Fault}
	/** Fresh inspects and removals of single containers. */
	| {
			readonly type: 'engine/containers-changed';
			readonly changed: readonly Container[];
			readonly removed: readonly ContainerId[];
	  }
	| {readonly type: 'engine/events-arrived'; readonly events: readonly EngineEvent[]}
	| {
			readonly type: 'engine/stats-sampled';
			readonly samples: readonly {readonly id: ContainerId; readonly sample: StatsSample}[];
			readonly at: number;
	  }
	/** From where statistics come now: of how many containers from this machine's kernel, and from the engine. */
	| {readonly type: 'engine/stats-source'; readonly local: number; readonly api: number}
	| {readonly type: 'engine/transfer-started'; readonly id: TransferId; readonly at: number}
	| {
			readonly type: 'engine/transfer-progressed';
			readonly id: TransferId;
			readonly progress: readonly TransferProgress[];
			readonly at: number;
	  }
	/** It failed for a reason that may pass: it is tried again later. */
	| {
			readonly type: 'engine/transfer-delayed';
			readonly id: TransferId;
			readonly retry: TransferRetry;
			readonly fault: Fault;
	  }
	| {
			readonly type: 'engine/transfer-ended';
			readonly id: TransferId;
			readonly outcome: 'done' | 'failed' | 'cancelled';
			readonly fault?: Fault;
			readonly at: number;
	  }
	| LogsFact
	/** `facts`: what it tells of a container. */
	| {
			readonly type: 'engine/document-loaded';
			readonly objectId: string;
			readonly value: JsonValue;
			readonly facts?: ContainerFacts;
	  }
	| {readonly type: 'engine/document-failed'; readonly objectId: string; readonly fault: Fault}
	| FilesFact
	| {readonly type: 'clock/ticked'; readonly now: number};

/** Intents: what the user wants. */
export type UiMessage =
	| {readonly type: 'ui/resized'; readonly columns: number; readonly rows: number}
	| {readonly type: 'ui/pane-focused'; readonly pane: PaneId}
	| {readonly type: 'ui/zoom-set'; readonly isZoomed: boolean}
	| {readonly type: 'ui/screen-opened'; readonly screen: Screen; readonly title?: string}
	| {readonly type: 'ui/moved'; readonly list: ListId; readonly movement: Movement}
	/** Moves the cursor to a row, as soon as it is there. */
	| {readonly type: 'ui/landed'; readonly list: ListId; readonly key: string}
	| {readonly type: 'ui/mark-toggled'; readonly list: ListId; readonly keys: readonly string[]}
	| {readonly type: 'ui/marks-set'; readonly list: ListId; readonly keys: readonly string[]}
	| {readonly type: 'ui/filter-opened'; readonly list: ListId}
	| {readonly type: 'ui/filter-edited'; readonly edit: TextEdit}
	/** Keeps the filter, or puts back the one from before. */
	| {readonly type: 'ui/filter-closed'; readonly isKept: boolean}
	| {readonly type: 'ui/filter-cleared'; readonly list: ListId}
	| {readonly type: 'ui/query-opened'; readonly id: QueryId}
	| {readonly type: 'ui/query-edited'; readonly edit: TextEdit}
	/** Keeps what was typed, or puts back what was there before. */
	| {readonly type: 'ui/query-closed'; readonly isKept: boolean}
	| {readonly type: 'ui/query-cleared'; readonly id: QueryId}
	| {readonly type: 'ui/sorted'; readonly list: ListId; readonly column: string | undefined}
	| {readonly type: 'ui/sort-reversed'; readonly list: ListId}
	| {readonly type: 'ui/running-only-toggled'}
	| {readonly type: 'ui/grouping-toggled'}
	| {readonly type: 'ui/project-folded'; readonly project: string}
	| {readonly type: 'ui/overlay-opened'; readonly overlay: Overlay}
	| {readonly type: 'ui/overlay-closed'}
	/** Types into the field of the top overlay. */
	| {readonly type: 'ui/overlay-typed'; readonly edit: TextEdit}
	/** What the secret field of a form shows; what was typed into it is not here. */
	| {readonly type: 'ui/secret-typed'; readonly shown: TextValue}
	/** @param limit the furthest it can go: its last row or offset. */
	| {readonly type: 'ui/overlay-moved'; readonly movement: Movement; readonly limit: number}
	/** A switch of a confirm dialog or the toggle under a form's cursor. */
	| {readonly type: 'ui/overlay-toggled'; readonly id: string}
	| {readonly type: 'ui/form-submitted'}
	/** Of the form that is busy. */
	| {readonly type: 'ui/form-progressed'; readonly text: string}
	/** Of the form that was opened with this input, wherever it is by now. */
	| {
			readonly type: 'ui/form-refused';
			readonly input: CommandInput;
			readonly problem: string;
			readonly field?: string;
	  }
	| {readonly type: 'ui/form-done'; readonly input: CommandInput}
	/** What the form begins with is known: this one takes its place. */
	| {
			readonly type: 'ui/form-filled';
			readonly input: CommandInput;
			readonly form: Extract<Overlay, {kind: 'form'}>;
	  }
	/** The question that was asked with this input, with what has been found out meanwhile. */
	| {
			readonly type: 'ui/question-reworded';
			readonly input: CommandInput;
			readonly spec: ConfirmSpec | ChoiceSpec;
	  }
	| {readonly type: 'ui/toast-shown'; readonly toast: Toast}
	| {readonly type: 'ui/toasts-dismissed'}
	| {
			readonly type: 'ui/action-started';
			readonly actionId: number;
			readonly kind: 'container' | 'image';
			readonly target: string;
			readonly verb: string;
	  }
	/** The engine answered (or refused): the row is free once the event about it has come, at the latest at `until`. */
	| {
			readonly type: 'ui/action-settled';
			readonly actionId: number;
			readonly target: string;
			readonly isFailed: boolean;
			readonly until: number;
	  }
	| {
			readonly type: 'ui/transfer-requested';
			readonly id: TransferId;
			readonly reference: string;
			/** Without a copy and a job it is a pull. */
			readonly copy?: CopyTask;
			readonly job?: ImageJob;
			readonly pull?: PullChoice;
			readonly at: number;
	  }
	| {readonly type: 'ui/transfer-cancelled'; readonly id: TransferId}
	/** One that waits to be tried again is tried at once. */
	| {readonly type: 'ui/transfer-hurried'; readonly id: TransferId}
	/** @param ids of ended ones; absent: all of them */
	| {readonly type: 'ui/transfers-cleared'; readonly ids?: readonly TransferId[]}
	| {readonly type: 'ui/retry-wanted'}
	/** These containers were changed in a way that the engine may tell nobody: they have to be looked at again. */
	| {readonly type: 'ui/look-wanted'; readonly ids: readonly ContainerId[]}
	/** Scrolls what is read on the screen: the log, the tables of a tab. */
	| {readonly type: 'ui/scrolled'; readonly movement: Movement};

/** What one view alone has to say, of the engine and of its reader. */
export type ViewMessage =
	| LogsIntent
	| ProcessesMessage
	| ChangesMessage
	| FilesMessage
	| DocumentMessage
	| StatsMessage
	| ImageMessage
	| LayersMessage
	| CompareMessage
	| BuildMessage
	| RegistryMessage
	| SearchMessage
	| OutdatedMessage
	| MoveTargetMessage;

export type Message = EngineMessage | UiMessage | ViewMessage;
