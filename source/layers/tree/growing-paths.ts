import type {PathTable} from '../types.ts';

export type GrowingPaths = {
	/** Takes what a path store's `tableFrom` gives, in order. */
	readonly append: (part: PathTable) => void;
	/** All so far. It stays as it is when others are appended: they come behind it in the same memory. */
	readonly table: () => PathTable;
};

/** A path table put together part by part. */
export const createGrowingPaths = (): GrowingPaths => {
	let count = 1;
	let byteCount = 0;
	let parents = new Int32Array(1).fill(-1);
	let nameStarts = new Uint32Array(2);
	let nameBytes = new Uint8Array(0);

	return {
		append(part) {
			if (count + part.count > parents.length) {
				const length = Math.max(count + part.count, Math.ceil(parents.length * 1.25));
				const [oldParents, oldStarts] = [parents, nameStarts];
				parents = new Int32Array(length);
				parents.set(oldParents);
				nameStarts = new Uint32Array(length + 1);
				nameStarts.set(oldStarts.subarray(0, count + 1));
			}
			if (byteCount + part.nameBytes.length > nameBytes.length) {
				const old = nameBytes;
				nameBytes = new Uint8Array(Math.max(byteCount + part.nameBytes.length, Math.ceil(old.length * 1.25)));
				nameBytes.set(old);
			}
			parents.set(part.parents, count);
			nameStarts.set(part.nameStarts, count);
			nameBytes.set(part.nameBytes, byteCount);
			count += part.count;
			byteCount += part.nameBytes.length;
		},
		table: () => ({
			count,
			parents: parents.subarray(0, count),
			nameStarts: nameStarts.subarray(0, count + 1),
			nameBytes: nameBytes.subarray(0, byteCount),
		}),
	};
};
