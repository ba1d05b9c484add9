import type {PathTable} from '../types.ts';

const star = 42;
const questionMark = 63;

/**
 * Nodes that fit a glob of nothing but `*`, `?` and `**`, tested name by name down the tree, without a text of any.
 * @param bytes the names, in the case that the segments are in
 * @param segments of the path from the root, latin1; `**` stands for any number of names
 * @returns 1 for each that fits; nothing for more segments than fit into a number
 */
export const wildcardNodes = (
	{count, parents, nameStarts}: PathTable,
	bytes: Uint8Array,
	segments: readonly string[],
): Uint8Array | undefined => {
	if (segments.length > 30) return undefined;
	const patterns = segments.map(segment => Buffer.from(segment, 'latin1'));
	const isAnyDepth = segments.map(segment => segment === '**');
	/** Bit n: the path so far fits the first n segments. */
	const reached = new Int32Array(count);
	const skipping = (state: number): number => {
		let all = state;
		for (let at = 0; at < segments.length; at++)
			if (isAnyDepth[at] === true && (all & (1 << at)) !== 0) all |= 1 << (at + 1);
		return all;
	};
	reached[0] = skipping(1);
	const fits = new Uint8Array(count);
	for (let node = 1; node < count; node++) {
		const above = reached[parents[node] ?? 0] ?? 0;
		if (above === 0) continue;
		const start = nameStarts[node] ?? 0;
		const end = nameStarts[node + 1] ?? 0;
		let here = 0;
		for (let at = 0; at < patterns.length; at++) {
			if ((above & (1 << at)) === 0) continue;
			if (isAnyDepth[at] === true) here |= 1 << at;
			else if (isFit(bytes, start, end, patterns[at] ?? Buffer.alloc(0))) here |= 1 << (at + 1);
		}
		if (here !== 0) here = skipping(here);
		reached[node] = here;
		if ((here & (1 << segments.length)) !== 0) fits[node] = 1;
	}
	return fits;
};

/** Where a star took too little, it takes one more. */
const isFit = (bytes: Uint8Array, start: number, end: number, pattern: Uint8Array): boolean => {
	let at = start;
	let inPattern = 0;
	let afterStar = -1;
	let starEnd = start;
	while (at < end) {
		const wanted = pattern[inPattern];
		if (wanted === star) {
			inPattern += 1;
			afterStar = inPattern;
			starEnd = at;
		} else if (wanted === questionMark) {
			at += 1;
			// One letter, however many bytes it has in UTF-8.
			while (at < end && ((bytes[at] ?? 0) & 0xc0) === 0x80) at += 1;
			inPattern += 1;
		} else if (wanted === bytes[at]) {
			at += 1;
			inPattern += 1;
		} else if (afterStar !== -1) {
			starEnd += 1;
			at = starEnd;
			inPattern = afterStar;
		} else return false;
	}
	while (pattern[inPattern] === star) inPattern += 1;
	return inPattern === pattern.length;
};
