import type {ContainerId, ImageId} from '../engine/types.ts';
import type {TransferId} from './model.ts';
import type {ChangesDemand} from './views/changes.ts';
import type {CompareDemand} from './views/compare.ts';
import type {CopyTask, FilesDemand} from './views/files.ts';
import type {ImageJob, PullChoice} from './views/image-jobs.ts';
import type {LayersDemand} from './views/layers.ts';
import type {LogsDemand} from './views/logs.ts';
import type {MoveTargetDemand} from './views/move-target.ts';
import type {OutdatedDemand} from './views/outdated.ts';
import type {ProcessesDemand} from './views/processes.ts';
import type {RegistryDemand} from './views/registry.ts';
import type {SearchDemand} from './views/search.ts';

/** What a transfer has to do. */
export type TransferWork =
	| {readonly kind: 'pull'; readonly reference: string; readonly choice?: PullChoice}
	| {readonly kind: 'copy'; readonly copy: CopyTask}
	| {readonly kind: 'job'; readonly job: ImageJob};

export type QueuedTransfer = {
	readonly id: TransferId;
	readonly work: TransferWork;
	/** How often it was tried before. */
	readonly tries: number;
	/** Not before this moment, epoch ms; absent: as soon as there is room. */
	readonly startAt?: number;
};

/** What the screen needs from the engine right now; computed by `selectors/demand.ts`, met by `feed/`. */
export type Demand = {
	/** Running and paused containers whose numbers are looked at: a reading about each second. */
	readonly fastStats: readonly ContainerId[];
	/** One of those above whose cores, throttling and the like are looked at too. */
	readonly detailedStats?: ContainerId;
	/** All that run or are paused, those above among them: for sums and sort orders, a reading now and then. */
	readonly measured: readonly ContainerId[];
	/** Containers on the screen that were never inspected. */
	readonly details: readonly ContainerId[];
	readonly logs?: LogsDemand;
	readonly document?: {readonly objectKind: 'container' | 'image'; readonly objectId: string};
	readonly processes?: ProcessesDemand;
	readonly changes?: ChangesDemand;
	readonly files?: FilesDemand;
	/** An image whose configuration is looked at. */
	readonly image?: {readonly imageId: string};
	/** Images in the list whose layers nobody has asked for yet. */
	readonly imageContents?: readonly ImageId[];
	readonly layers?: LayersDemand;
	readonly compare?: CompareDemand;
	readonly registry?: RegistryDemand;
	readonly search?: SearchDemand;
	readonly outdated?: OutdatedDemand;
	/** Another engine, which is asked what it has. */
	readonly moveTarget?: MoveTargetDemand;
	/** Those that wait for their turn, in the order in which they were asked for. */
	readonly queuedTransfers: readonly QueuedTransfer[];
	/** So many run at the same time. */
	readonly transferLimit: number;
	readonly cancelledTransfers: readonly TransferId[];
	/** Containers to be looked at again whenever the count is another one. */
	readonly look?: {readonly count: number; readonly ids: readonly ContainerId[]};
	readonly retryCount: number;
};
