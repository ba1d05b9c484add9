import type {ContainerId, ImageId} from '../engine/types.ts';
import type {TransferId} from './model.ts';
import type {ChangesDemand} from './views/changes.ts';
import type {CompareDemand} from './views/compare.ts';
import type {CopyTask, FilesDemand} from './views/files.ts';
import type {ImageJob, PullChoice} from './views/image-jobs.ts';
import type {LayersDemand} from './views/layers.ts';
import type {LogsDemand} from './views/logs.ts';
import type {OutdatedDemand} from './views/outdated.ts';
import type {ProcessesDemand} from './views/processes.ts';
import type {RegistryDemand} from './views/registry.ts';
import type {SearchDemand} from './views/search.ts';

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
	/** In the order in which they were asked for. */
	readonly queuedPulls: readonly {
		readonly id: TransferId;
		readonly reference: string;
		readonly choice?: PullChoice;
	}[];
	/** Likewise; absent: none. */
	readonly queuedCopies?: readonly {readonly id: TransferId; readonly copy: CopyTask}[];
	/** Likewise; absent: none. */
	readonly queuedJobs?: readonly {readonly id: TransferId; readonly job: ImageJob}[];
	readonly cancelledTransfers: readonly TransferId[];
	/** Containers to be looked at again whenever the count is another one. */
	readonly look?: {readonly count: number; readonly ids: readonly ContainerId[]};
	readonly retryCount: number;
};
