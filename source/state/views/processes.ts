import type {ContainerId} from '../../engine/types.ts';
import type {Loading} from '../loading.ts';

/** The processes of the container, as its tab shows it. */
export type ProcessesView = {readonly containerId: ContainerId; readonly loading: Loading};

export type ProcessesMessage = {readonly type: 'processes/loaded'; readonly containerId: ContainerId};

/** What the tab needs from the engine. */
export type ProcessesDemand = {readonly containerId: ContainerId};
