import type {ContainerProcess} from '../../engine/process-types.ts';
import type {ContainerId} from '../../engine/types.ts';
import type {Fault, Loading} from '../loading.ts';
import type {CpuReading} from '../recent-share.ts';

/** What one call told. */
export type ProcessTable = {
	readonly processes: readonly ContainerProcess[];
	readonly readAt: number;
	/** How long the engine took for it. */
	readonly tookMs: number;
	/** From the beginning of one reading to that of the next; 0 when none comes. */
	readonly periodMs: number;
};

/** The processes of the container, as its tab shows it; there once something was read. */
export type ProcessesView = {
	readonly containerId: ContainerId;
	/** `failed`: the last reading; the table before it stays. */
	readonly loading: Loading;
	readonly table?: ProcessTable;
	/** Of the last seconds, oldest first. */
	readonly readings: readonly CpuReading[];
	/** Cells of the commands that are left out at their beginning. */
	readonly shift: number;
};

export type ProcessesMessage =
	| {readonly type: 'processes/listed'; readonly containerId: ContainerId; readonly table: ProcessTable}
	| {readonly type: 'processes/failed'; readonly containerId: ContainerId; readonly fault: Fault}
	/** Shows other cells of long commands. */
	| {readonly type: 'processes/shifted'; readonly cells: number};

/** What the tab needs from the engine: of a paused container one reading, nothing moves there. */
export type ProcessesDemand = {readonly containerId: ContainerId; readonly isPaused: boolean};
