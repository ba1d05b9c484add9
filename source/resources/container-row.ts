import type {Container, StatsSample} from '../engine/types.ts';
import type {Alarm} from './alarms.ts';

export type ContainerRow =
	| {
			readonly kind: 'container';
			readonly container: Container;
			/** The newest sample; absent while the container does not run or none has come yet. */
			readonly stats?: StatsSample;
			/** Percent, oldest first. */
			readonly cpuHistory: readonly number[];
			/** What is being done to it, e.g. `stopping`, until the engine says that it is done. */
			readonly busyVerb?: string;
			readonly isMarked: boolean;
			/** The worst first; absent or empty without any. */
			readonly alarms?: readonly Alarm[];
			/** 1 below a group, else 0. */
			readonly depth: number;
	  }
	| {
			/** All containers of a compose project. */
			readonly kind: 'group';
			readonly project: string;
			readonly up: number;
			readonly total: number;
			readonly unhealthy: number;
			/** The worst of each member that has one. */
			readonly alarms?: readonly Alarm[];
			readonly isCollapsed: boolean;
			/** Sums over the members that have a sample. */
			readonly cpuPercent?: number;
			readonly memoryBytes?: number;
	  };

export type ContainerOnlyRow = Extract<ContainerRow, {kind: 'container'}>;
