import type {ContainerId} from '../../engine/types.ts';
import type {Loading} from '../loading.ts';

/** The container's file system, as its tab shows it. */
export type FilesView = {readonly containerId: ContainerId; readonly loading: Loading};

export type FilesMessage = {readonly type: 'files/loaded'; readonly containerId: ContainerId};

/** What the tab needs from the engine. */
export type FilesDemand = {readonly containerId: ContainerId};
