import type {EngineInfo, Image} from '../../engine/types.ts';
import type {Fault} from '../loading.ts';

/** The engine that something is to be sent to, as far as it has answered; while its question is open. */
export type MoveTarget = {
	/** Of its `EngineChoice`. */
	readonly engineId: string;
} & (
	| {readonly status: 'failed'; readonly fault: Fault}
	| {readonly status: 'known'; readonly info: EngineInfo; readonly images: readonly Image[]}
);

export type MoveTargetMessage =
	| {readonly type: 'move/target-answered'; readonly target: MoveTarget}
	/** The question is answered or left. */
	| {readonly type: 'move/target-left'};

export type MoveTargetDemand = {readonly engineId: string};
