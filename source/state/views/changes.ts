import type {FileFacts} from '../../engine/file-types.ts';
import type {ChangeKind, ContainerChanges} from '../../engine/process-types.ts';
import type {ContainerId} from '../../engine/types.ts';
import type {ChangeTree} from '../change-tree.ts';
import type {Fault, Loading} from '../loading.ts';

/** Which folders are open. */
export type Folding = {
	/** `auto`: those that hold few changes are open. */
	readonly rule: 'auto' | 'open' | 'folded';
	/** What was done by hand, by path: whether it is open. */
	readonly byHand: ReadonlyMap<string, boolean>;
};

/** What the container changed against its image, as its tab shows it. */
export type ChangesView = {
	readonly containerId: ContainerId;
	/** `failed`: the last load; the tree before it stays. */
	readonly loading: Loading;
	/** Absent until it was loaded. */
	readonly tree?: ChangeTree;
	readonly loadedAt?: number;
	readonly folding: Folding;
	/** Only paths of this kind are shown, and what they are in. */
	readonly only?: ChangeKind;
	/** What is known of the files, by path; `undefined`: it could not be told. */
	readonly files: ReadonlyMap<string, FileFacts | undefined>;
	/** Counts the reader's wishes to load again. */
	readonly refreshCount: number;
};

export type ChangesMessage =
	/** A load has begun. */
	| {readonly type: 'changes/asked'; readonly containerId: ContainerId}
	| {
			readonly type: 'changes/loaded';
			readonly containerId: ContainerId;
			readonly changes: ContainerChanges;
			readonly at: number;
	  }
	| {readonly type: 'changes/failed'; readonly containerId: ContainerId; readonly fault: Fault}
	| {
			readonly type: 'changes/described';
			readonly containerId: ContainerId;
			readonly path: string;
			readonly file: FileFacts | undefined;
	  }
	| {readonly type: 'changes/refresh-wanted'}
	/** Folds these, or opens them. */
	| {readonly type: 'changes/folded'; readonly paths: readonly string[]; readonly isFolded: boolean}
	| {readonly type: 'changes/all-folded'; readonly isFolded: boolean}
	/** Absent: shows every kind. */
	| {readonly type: 'changes/narrowed'; readonly only?: ChangeKind};

/** What the tab needs from the engine. */
export type ChangesDemand = {
	readonly containerId: ContainerId;
	/** It is loaded again when the container starts or stops. */
	readonly isUp: boolean;
	readonly refreshCount: number;
	/** Files on the screen of which the size is not known. */
	readonly undescribed: readonly string[];
};
