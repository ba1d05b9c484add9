import {EngineError} from './errors.ts';

/**
 * An id or name as one part of a path.
 * @throws EngineError `invalid` for what would change the path: an empty id asks for something else
 */
export const pathPart = (id: string): string => {
	if (id === '' || id === '.' || id === '..') throw new EngineError('invalid', `"${id}" is not an id`);
	return encodeURIComponent(id);
};

/** An image reference as a path; its slashes stay. */
export const referencePath = (reference: string): string => reference.split('/').map(pathPart).join('/');

/**
 * A reference in the two halves that the API wants: `fromImage`/`repo` and `tag`. A digest goes where the tag
 * goes; without either, the tag is `latest`, as no tag means every tag to the engine.
 */
export const splitReference = (reference: string): {readonly repository: string; readonly tag: string} => {
	const at = reference.indexOf('@');
	const named = at < 0 ? reference : reference.slice(0, at);
	// A colon before the last slash is the registry's port.
	const colon = named.lastIndexOf(':');
	const hasTag = colon > named.lastIndexOf('/');
	const repository = hasTag ? named.slice(0, colon) : named;
	if (at >= 0) return {repository, tag: reference.slice(at + 1)};
	return {repository, tag: hasTag ? named.slice(colon + 1) : 'latest'};
};

/** Epoch ms as `sec.nnnnnnnnn`, the one spelling that every engine takes. */
export const secondsText = (epochMs: number): string => {
	const ms = Math.max(0, Math.floor(epochMs));
	return `${Math.floor(ms / 1000)}.${String(ms % 1000).padStart(3, '0')}000000`;
};

/** A log stamp (RFC 3339, up to ns) as `sec.nnnnnnnnn`; other text stays as it is. */
export const stampSeconds = (stamp: string): string => {
	const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)$/.exec(stamp);
	if (parts === null) return stamp;
	const [, clock, fraction = '', zone] = parts;
	return `${Date.parse(`${clock}${zone}`) / 1000}.${fraction.slice(0, 9).padEnd(9, '0')}`;
};
