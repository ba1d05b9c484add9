/** A header of a tar archive as it stands there (POSIX.1-1988 `ustar`, old and GNU headers). Texts are latin1. */
export type TarHeader = {
	/** The character; NUL comes as `0`. */
	readonly type: string;
	readonly path: string;
	readonly linkTarget: string;
	/** Of the body that follows. */
	readonly storedBytes: number;
	/** Of an old GNU sparse file: its size with the holes. */
	readonly realBytes: number;
	/** Of an old GNU sparse file: more blocks of its map follow before the body. */
	readonly isExtended: boolean;
	readonly mode: number;
	readonly uid: number;
	readonly gid: number;
	readonly modifiedAtSeconds: number;
	readonly majorNumber: number;
	readonly minorNumber: number;
};

export type HeaderBlock =
	| {readonly kind: 'entry'; readonly header: TarHeader}
	/** Nothing but zeros: the archive ends, or has holes. */
	| {readonly kind: 'zeros'}
	/** @param reason what is wrong with it */
	| {readonly kind: 'damaged'; readonly reason: string};

export const blockBytes = 512;

const textAt = (block: Buffer, from: number, length: number): string => {
	let end = from;
	while (end < from + length && block[end] !== 0) end++;
	return block.toString('latin1', from, end);
};

/** Big-endian two's complement after a set bit: what GNU tar writes where octal digits do not suffice. */
const binaryNumber = (block: Buffer, from: number, length: number): number => {
	const first = block[from] ?? 0;
	let value = first === 0xff ? -1 : first & 0x7f;
	for (let at = from + 1; at < from + length; at++) value = value * 256 + (block[at] ?? 0);
	return value;
};

/** @returns NaN for what is no number; an empty field is 0. */
const numberAt = (block: Buffer, from: number, length: number): number => {
	if (((block[from] ?? 0) & 0x80) !== 0) return binaryNumber(block, from, length);
	const end = from + length;
	let at = from;
	while (at < end && block[at] === 0x20) at++;
	let value = 0;
	for (; at < end; at++) {
		const digit = (block[at] ?? 0) - 0x30;
		if (digit < 0 || digit > 7) break;
		value = value * 8 + digit;
	}
	for (; at < end; at++) if (block[at] !== 0 && block[at] !== 0x20) return Number.NaN;
	return value;
};

const checksumAt = 148;

/** @returns 0: all zeros, 1: the checksum is right, -1: it is wrong */
const checked = (block: Buffer, from: number): -1 | 0 | 1 => {
	let unsigned = 0;
	let high = 0;
	for (let at = from; at < from + blockBytes; at++) {
		const byte = block[at] ?? 0;
		unsigned += byte;
		high += byte >> 7;
	}
	if (unsigned === 0) return 0;
	let own = 0;
	for (let at = from + checksumAt; at < from + checksumAt + 8; at++) {
		const byte = block[at] ?? 0;
		own += byte;
		high -= byte >> 7;
	}
	const sum = unsigned - own + 8 * 0x20;
	const stated = numberAt(block, from + checksumAt, 8);
	// Some old programs added bytes as signed numbers.
	return stated === sum || stated === sum - 256 * high ? 1 : -1;
};

const isMagic = (block: Buffer, from: number, magic: string): boolean =>
	block.toString('latin1', from, from + magic.length) === magic;

const pathAt = (block: Buffer, from: number, isPosix: boolean): string => {
	const name = textAt(block, from, 100);
	if (!isPosix || block[from + 345] === 0) return name;
	// Of Schily's tar the last bytes are times.
	const prefix = textAt(block, from + 345, isMagic(block, from + 508, 'tar\0') ? 131 : 155);
	return prefix === '' ? name : `${prefix}/${name}`;
};

/** Whether a block may be the first header of an archive, or the zeros of an empty one. */
export const isTarStart = (block: Buffer): boolean => block.length >= blockBytes && checked(block, 0) !== -1;

/** @param from where its 512 bytes begin */
export const readHeader = (block: Buffer, from: number): HeaderBlock => {
	const state = checked(block, from);
	if (state === 0) return {kind: 'zeros'};
	if (state === -1) return {kind: 'damaged', reason: 'its checksum is wrong'};
	const isPosix = isMagic(block, from + 257, 'ustar\0');
	const isGnu = isMagic(block, from + 257, 'ustar ');
	const type = String.fromCharCode(block[from + 156] || 0x30);
	const isDevice = (isPosix || isGnu) && (type === '3' || type === '4');
	const isSparse = isGnu && type === 'S';
	const header: TarHeader = {
		type,
		path: pathAt(block, from, isPosix),
		linkTarget: textAt(block, from + 157, 100),
		storedBytes: numberAt(block, from + 124, 12),
		realBytes: isSparse ? numberAt(block, from + 483, 12) : 0,
		isExtended: isSparse && block[from + 482] !== 0,
		mode: numberAt(block, from + 100, 8),
		uid: numberAt(block, from + 108, 8),
		gid: numberAt(block, from + 116, 8),
		modifiedAtSeconds: numberAt(block, from + 136, 12),
		majorNumber: isDevice ? numberAt(block, from + 329, 8) : 0,
		minorNumber: isDevice ? numberAt(block, from + 337, 8) : 0,
	};
	const wrong = wrongField(header);
	return wrong === undefined
		? {kind: 'entry', header}
		: {kind: 'damaged', reason: `its ${wrong} is no number`};
};

const wrongField = (header: TarHeader): string | undefined => {
	if (!Number.isSafeInteger(header.storedBytes) || header.storedBytes < 0) return 'size';
	if (!Number.isSafeInteger(header.realBytes) || header.realBytes < 0) return 'real size';
	if (Number.isNaN(header.mode)) return 'mode';
	if (Number.isNaN(header.uid)) return 'owner';
	if (Number.isNaN(header.gid)) return 'group';
	if (Number.isNaN(header.modifiedAtSeconds)) return 'time';
	if (Number.isNaN(header.majorNumber) || Number.isNaN(header.minorNumber)) return 'device number';
	return undefined;
};
