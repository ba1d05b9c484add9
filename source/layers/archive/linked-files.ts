import {posix} from 'node:path';
import type {Blob} from './blob-reader.ts';
import {entryPath} from './entry-path.ts';
import type {ImageFiles} from './image-files.ts';
import type {TarFacts} from './tar-entry.ts';

/** Links in links in links … are a circle. */
const maxLinks = 16;

/** Of all manifests and configurations together. */
const maxJsonBytes = 64 * 1024 * 1024;
const tooMuch: Blob = {kind: 'other', reason: 'too much JSON comes before it', isUnsupported: true};

/** The files of an archive under their own names and under those of links to them. */
export const createLinkedFiles = () => {
	const blobs = new Map<string, Blob>();
	let jsonBytes = 0;
	const links = new Map<string, string>();

	const find = (wanted: string): {readonly path: string; readonly blob: Blob} | undefined => {
		let path = entryPath(wanted);
		for (let count = 0; count < maxLinks && path !== undefined; count++) {
			const blob = blobs.get(path);
			if (blob !== undefined) return {path, blob};
			path = links.get(path);
		}
		return undefined;
	};

	return {
		/** Remembers where a link leads. */
		note({path, kind, linkTarget}: TarFacts): void {
			if (kind === 'hardlink') links.set(path, linkTarget);
			if (kind === 'symlink') links.set(path, posix.join(posix.dirname(path), linkTarget));
		},
		set(path: string, blob: Blob): void {
			if (blob.kind === 'json') jsonBytes += blob.bytes.length;
			blobs.set(path, blob.kind === 'json' && jsonBytes > maxJsonBytes ? tooMuch : blob);
		},
		files: {
			has: path => Promise.resolve(find(path) !== undefined),
			read: path => Promise.resolve(find(path)),
		} satisfies ImageFiles,
	};
};
