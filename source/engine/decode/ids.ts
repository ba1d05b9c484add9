import type {ContainerId, ImageId} from '../types.ts';

/** Brands an id that an engine gave. */
export const containerId = (id: string): ContainerId => id as ContainerId;

/** Brands an image id that an engine gave, with its `sha256:` (Podman leaves it out). */
export const imageId = (id: string): ImageId => (/^[0-9a-f]{64}$/.test(id) ? `sha256:${id}` : id) as ImageId;
