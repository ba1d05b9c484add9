import {randomUUID} from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {join} from 'node:path';
import type {RememberedImage} from '../reader/protocol.ts';
import type {PathStore} from '../tree/path-store.ts';
import {type CachedLayer, type LayerRecord, layerRecord, storedLayer} from './layer-record.ts';
import {sealed, unsealed} from './sealed-file.ts';

export type LayerCache = {
	/** A layer with its paths put into the store; nothing where it is not remembered. */
	readonly layer: (diffId: string, store: PathStore) => CachedLayer | undefined;
	readonly keepLayer: (diffId: string, layer: CachedLayer, store: PathStore) => void;
	/** @param imageId the engine's id, `sha256:…` */
	readonly image: (imageId: string) => RememberedImage | undefined;
	readonly keepImage: (imageId: string, image: RememberedImage) => void;
	/** Removes what was not used for the longest until the rest fits. */
	readonly trim: () => void;
};

/**
 * What layers were found to be, each in a file named by its digest. Nobody else's: only the user may read it. What
 * cannot be written is not remembered, what is damaged is removed: neither is an error.
 */
export const createLayerCache = (folder: string, maxBytes = 512 * 1024 * 1024): LayerCache => {
	const write = (name: string, value: unknown): void => {
		const file = join(folder, name);
		const draft = `${file}.${randomUUID()}.tmp`;
		try {
			mkdirSync(folder, {recursive: true, mode: 0o700});
			writeFileSync(draft, sealed(value), {mode: 0o600, flag: 'wx'});
			renameSync(draft, file);
		} catch {
			remove(draft);
		}
	};
	/** @param isWanted whether it is what was asked for */
	const read = <Value>(name: string, isWanted: (value: Value) => boolean): Value | undefined => {
		const file = join(folder, name);
		const bytes = contentOf(file);
		if (bytes === undefined) return undefined;
		const value = opened<Value>(bytes);
		if (value === undefined || !isWanted(value)) {
			remove(file);
			return undefined;
		}
		markUsed(file);
		return value;
	};

	return {
		layer(diffId, store) {
			const name = fileName(diffId, 'layer');
			const record =
				name === undefined ? undefined : read<LayerRecord>(name, found => found.diffId === diffId);
			return record === undefined ? undefined : storedLayer(record, store);
		},
		keepLayer(diffId, layer, store) {
			const name = fileName(diffId, 'layer');
			if (name !== undefined) write(name, layerRecord(diffId, layer, store.view()));
		},
		image(imageId) {
			const name = fileName(imageId, 'image');
			return name === undefined
				? undefined
				: read<RememberedImage & {readonly imageId: string}>(name, found => found.imageId === imageId);
		},
		keepImage(imageId, {identity, config}) {
			const name = fileName(imageId, 'image');
			if (name !== undefined) write(name, {imageId, identity, config});
		},
		trim: () => trimFolder(folder, maxBytes),
	};
};

/** Whether all of these layers are remembered, as far as the names of files tell. */
export const hasLayers = (folder: string, diffIds: readonly string[]): boolean =>
	diffIds.every(diffId => {
		const name = fileName(diffId, 'layer');
		return name !== undefined && existsSync(join(folder, name));
	});

/** A digest is text from outside: a name is made of one that is nothing else. */
const fileName = (digest: string, kind: 'layer' | 'image'): string | undefined => {
	const [, hex] = /^sha256:([0-9a-f]{64})$/.exec(digest) ?? [];
	return hex === undefined ? undefined : `${hex}.${kind}`;
};

const contentOf = (file: string): Buffer | undefined => {
	try {
		return readFileSync(file);
	} catch {
		return undefined;
	}
};

const opened = <Value>(bytes: Buffer): Value | undefined => {
	try {
		return unsealed<Value>(bytes);
	} catch {
		// Sealed by a Node that is newer than this one.
		return undefined;
	}
};

const remove = (file: string): void => {
	try {
		rmSync(file, {force: true});
	} catch {
		// It stays: the folder is not ours to change.
	}
};

const markUsed = (file: string): void => {
	try {
		const now = new Date();
		utimesSync(file, now, now);
	} catch {
		// It counts as old.
	}
};

const trimFolder = (folder: string, maxBytes: number): void => {
	try {
		const files = readdirSync(folder, {withFileTypes: true})
			.filter(entry => entry.isFile())
			.map(({name}) => {
				const file = join(folder, name);
				const {size, mtimeMs} = statSync(file);
				return {file, size, mtimeMs};
			})
			.sort((left, right) => right.mtimeMs - left.mtimeMs);
		let sum = 0;
		for (const {file, size} of files) {
			sum += size;
			if (sum > maxBytes) remove(file);
		}
	} catch {
		// Another Gantry is at it, or it cannot be read.
	}
};
