/** What an entry of an invented layer is. */
export type TarFact = {
	/** A directory ends with a slash. At most 255 bytes that can be cut at a slash as ustar wants it. */
	readonly name: string;
	readonly sizeBytes: number;
	readonly mode: number;
	readonly linkTarget?: string;
	readonly isHardLink?: boolean;
};

const blockBytes = 512;

/** Fixed, so that digests are the same in every run: seconds since the epoch. */
const modifiedAtSeconds = Date.UTC(2026, 8, 1) / 1000;

const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, '0')}\0`;

/** The part of a long name that goes into the prefix of a header, and the rest. */
const cutName = (name: string): readonly [string, string] => {
	if (name.length <= 100) return ['', name];
	const at = name.indexOf('/', name.length - 101);
	return [name.slice(0, at), name.slice(at + 1)];
};

const typeOf = ({name, linkTarget, isHardLink}: TarFact): string => {
	if (linkTarget !== undefined) return isHardLink ? '1' : '2';
	return name.endsWith('/') ? '5' : '0';
};

/** A header as POSIX.1-1988 (ustar) has it. */
export const tarHeader = (fact: TarFact): Buffer => {
	const block = Buffer.alloc(blockBytes);
	const [prefix, name] = cutName(fact.name);
	block.write(name, 0);
	block.write(octal(fact.mode, 7), 100);
	block.write(octal(0, 7), 108);
	block.write(octal(0, 7), 116);
	block.write(octal(fact.sizeBytes, 11), 124);
	block.write(octal(modifiedAtSeconds, 11), 136);
	block.write(' '.repeat(8), 148);
	block.write(typeOf(fact), 156);
	block.write(fact.linkTarget ?? '', 157);
	block.write('ustar\x0000', 257);
	block.write(prefix, 345);
	const sum = block.reduce((total, byte) => total + byte, 0);
	block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
	return block;
};

/** How much a file of this size takes in a tar, without its header. */
const paddedBytes = (sizeBytes: number): number => Math.ceil(sizeBytes / blockBytes) * blockBytes;

export const padding = (sizeBytes: number): Buffer => Buffer.alloc(paddedBytes(sizeBytes) - sizeBytes);

/** What ends an archive. */
export const tarEnd = (): Buffer => Buffer.alloc(2 * blockBytes);

/** Bytes of a whole archive of these. */
export const archiveBytes = (facts: readonly Pick<TarFact, 'sizeBytes'>[]): number =>
	facts.reduce((sum, {sizeBytes}) => sum + blockBytes + paddedBytes(sizeBytes), 2 * blockBytes);
