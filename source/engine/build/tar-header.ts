export type TarMember = {
	/** Raw bytes: names need not be UTF-8. A directory's ends with a slash. */
	readonly name: Uint8Array;
	readonly type: 'file' | 'link' | 'symlink' | 'character' | 'block' | 'directory' | 'fifo';
	/** Permissions with setuid, setgid and sticky. */
	readonly mode: number;
	readonly sizeBytes: number;
	/** Epoch seconds, whole. */
	readonly modifiedSeconds: number;
	/** Of links. */
	readonly target?: Uint8Array;
	/** Of devices. */
	readonly device?: {readonly major: number; readonly minor: number};
};

const tarBlock = 512;

const typeFlags: Readonly<Record<TarMember['type'], string>> = {
	file: '0',
	link: '1',
	symlink: '2',
	character: '3',
	block: '4',
	directory: '5',
	fifo: '6',
};

/** Zeroes that fill up the last block of `bytes`. */
export const tarPadding = (bytes: number): Uint8Array =>
	new Uint8Array((tarBlock - (bytes % tarBlock)) % tarBlock);

const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');

/** What fits into the field, else 0: the true value stands in a record of its own. */
const fitting = (value: number, digits: number): number => (value >= 0 && value < 8 ** digits ? value : 0);

const fieldLimits = {name: 100, target: 100} as const;

const isAscii = (bytes: Uint8Array): boolean => bytes.every(byte => byte < 0x80);

/** One record of POSIX pax: its own length, counted with itself, then `key=value`. */
const record = (key: string, value: Uint8Array): Uint8Array => {
	const rest = Buffer.concat([Buffer.from(` ${key}=`), value, Buffer.from('\n')]);
	let length = rest.length;
	while (String(length).length + rest.length !== length) length = String(length).length + rest.length;
	return Buffer.concat([Buffer.from(String(length)), rest]);
};

const recordsOf = (member: TarMember): Uint8Array => {
	const {name, target, sizeBytes, modifiedSeconds} = member;
	const records: Uint8Array[] = [];
	if (name.length > fieldLimits.name || !isAscii(name)) records.push(record('path', name));
	if (target !== undefined && (target.length > fieldLimits.target || !isAscii(target)))
		records.push(record('linkpath', target));
	if (fitting(sizeBytes, 11) !== sizeBytes) records.push(record('size', Buffer.from(String(sizeBytes))));
	if (fitting(modifiedSeconds, 11) !== modifiedSeconds)
		records.push(record('mtime', Buffer.from(String(modifiedSeconds))));
	return Buffer.concat(records);
};

const block = (member: TarMember, typeFlag: string): Uint8Array => {
	const bytes = Buffer.alloc(tarBlock);
	bytes.set(member.name.subarray(0, fieldLimits.name), 0);
	const write = (text: string, at: number): void => {
		bytes.write(text, at, 'latin1');
	};
	write(octal(member.mode & 0o7777, 7), 100);
	write(octal(0, 7), 108);
	write(octal(0, 7), 116);
	write(octal(fitting(member.sizeBytes, 11), 11), 124);
	write(octal(fitting(member.modifiedSeconds, 11), 11), 136);
	write(' '.repeat(8), 148);
	write(typeFlag, 156);
	if (member.target !== undefined) bytes.set(member.target.subarray(0, fieldLimits.target), 157);
	write('ustar\u000000', 257);
	write(octal(fitting(member.device?.major ?? 0, 7), 7), 329);
	write(octal(fitting(member.device?.minor ?? 0, 7), 7), 337);
	write(
		`${octal(
			bytes.reduce((sum, byte) => sum + byte, 0),
			6,
		)}\0 `,
		148,
	);
	return bytes;
};

/**
 * What stands before a member's content (POSIX.1-2001 pax): owned by root, as the docker CLI sends a build context.
 * Names that are long or no ASCII, and numbers that are too large, stand in a pax record.
 */
export const tarHeader = (member: TarMember): Uint8Array => {
	const records = recordsOf(member);
	const own = block(member, typeFlags[member.type]);
	if (records.length === 0) return own;
	const pax: TarMember = {
		name: Buffer.from('PaxHeaders.0/entry'),
		type: 'file',
		mode: 0o644,
		sizeBytes: records.length,
		modifiedSeconds: 0,
	};
	return Buffer.concat([block(pax, 'x'), records, tarPadding(records.length), own]);
};

/** Two blocks of zeroes. */
export const tarEnd = (): Uint8Array => new Uint8Array(2 * tarBlock);
