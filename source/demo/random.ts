/**
 * Uniform numbers in [0, 1), the same sequence for the same seed. Mulberry32: 32 bits of state, quick, and good
 * enough for a demonstration.
 */
export const createRandom = (seed: number): (() => number) => {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		return scramble(state);
	};
};

/** The number at a place of the sequence of `seed`, without those before it. In [0, 1). */
export const noise = (seed: number, index: number): number =>
	scramble((Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0x6d2b79f5)) | 0);

/** 64 hexadecimal digits. */
export const hexId = (random: () => number): string => {
	let id = '';
	while (id.length < 64)
		id += Math.floor(random() * 0x1_0000_0000)
			.toString(16)
			.padStart(8, '0');
	return id;
};

/** A seed from a text, 32 bits. FNV-1a. */
export const seedOf = (text: string): number => {
	let hash = 0x811c9dc5;
	for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
	return hash >>> 0;
};

const scramble = (state: number): number => {
	let mixed = Math.imul(state ^ (state >>> 15), state | 1);
	mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
	return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
};
