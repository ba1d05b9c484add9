import type {ImageId} from '../../engine/types.ts';
import type {ImageComparison} from '../../layers/reports/compare.ts';
import type {ChangeKind} from '../../layers/tree/view.ts';
import type {ImageTree} from '../../layers/types.ts';
import type {Fault} from '../loading.ts';

/** 0 is the left one, what is compared against. */
export type Side = 0 | 1;

export type Pair<Value> = readonly [Value, Value];

/** How far the reading of one of the images is. Times in epoch ms. */
export type SideReading =
	/** It comes after the other one, or nobody wants it any more. */
	| {readonly status: 'waiting'}
	| {readonly status: 'reading'; readonly startedAt: number; readonly readBytes: number}
	| {readonly status: 'done'}
	| {readonly status: 'failed'; readonly fault: Fault};

export const compareSections = ['files', 'layers', 'config'] as const;
export type CompareSection = (typeof compareSections)[number];

/** Two images side by side. */
export type CompareView = {
	readonly imageIds: Pair<ImageId>;
	readonly readings: Pair<SideReading>;
	/** What was read so far. */
	readonly trees: Pair<ImageTree | undefined>;
	/** Absent until both were read. */
	readonly comparison?: ImageComparison;
	/** Counts the wishes to read them. */
	readonly turn: number;
	readonly isStopped: boolean;
	readonly section: CompareSection;
	/** Kinds of differences that are shown. */
	readonly shown: ReadonlySet<ChangeKind>;
	readonly isFlat: boolean;
	readonly sort: 'delta' | 'path';
	/** Another time of modification alone is a difference too. */
	readonly isTimeCompared: boolean;
	/** Directories that stand open, by node of the comparison. */
	readonly unfolded: ReadonlySet<number>;
	/** Values that look secret are shown. */
	readonly isRevealed: boolean;
};

export type CompareFact =
	| {readonly type: 'compare/began'; readonly side: Side; readonly at: number}
	| {readonly type: 'compare/progressed'; readonly side: Side; readonly readBytes: number}
	| {readonly type: 'compare/tree-arrived'; readonly side: Side; readonly tree: ImageTree}
	| {readonly type: 'compare/ended'; readonly side: Side; readonly tree: ImageTree}
	| {readonly type: 'compare/failed'; readonly side: Side; readonly fault: Fault}
	| {
			readonly type: 'compare/compared';
			readonly comparison: ImageComparison;
			/** What stands open, when it is seen for the first time. */
			readonly unfolded: ReadonlySet<number>;
	  };

export type CompareIntent =
	| {readonly type: 'compare/section-chosen'; readonly section: CompareSection}
	| {readonly type: 'compare/kinds-toggled'; readonly kinds: readonly ChangeKind[]}
	| {readonly type: 'compare/flat-toggled'}
	| {readonly type: 'compare/sorted'; readonly sort: 'delta' | 'path'}
	| {readonly type: 'compare/time-toggled'}
	| {readonly type: 'compare/secrets-toggled'}
	| {readonly type: 'compare/unfolded'; readonly unfolded: ReadonlySet<number>}
	| {readonly type: 'compare/stopped'}
	| {readonly type: 'compare/reread'};

export type CompareMessage = CompareFact | CompareIntent;

/** What the screen needs of the engine. */
export type CompareDemand = {
	readonly imageIds: Pair<ImageId>;
	readonly turn: number;
	readonly isTimeCompared: boolean;
};
