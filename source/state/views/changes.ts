import type {ContainerId} from '../../engine/types.ts';
import type {Loading} from '../loading.ts';

/** What the container changed against its image, as its tab shows it. */
export type ChangesView = {readonly containerId: ContainerId; readonly loading: Loading};

export type ChangesMessage = {readonly type: 'changes/loaded'; readonly containerId: ContainerId};

/** What the tab needs from the engine. */
export type ChangesDemand = {readonly containerId: ContainerId};
