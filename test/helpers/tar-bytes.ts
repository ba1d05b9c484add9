/** One entry of a tar as bytes, field by field: what no tar program writes can be written too. */
export type RawEntry = {
	readonly path?: string;
	/** The type's character. */
	readonly type?: string;
	readonly body?: Uint8Array | string;
	/** Absent: that of the body. */
	readonly size?: number;
	readonly mode?: number;
	readonly uid?: number;
	readonly gid?: number;
	readonly time?: number;
	readonly link?: string;
	readonly prefix?: string;
	readonly device?: readonly [major: number, minor: number];
	readonly magic?: 'posix' | 'gnu' | 'none';
	/** Changes the header before its checksum is made. */
	readonly patch?: (header: Buffer) => void;
};

const octal = (header: Buffer, at: number, length: number, value: number): void => {
	if (value >= 0 && value < 8 ** (length - 1)) {
		header.write(value.toString(8).padStart(length - 1, '0'), at, 'latin1');
		return;
	}
	let rest = BigInt(value);
	for (let byte = at + length - 1; byte >= at; byte--) {
		header[byte] = Number(rest & 0xffn);
		rest >>= 8n;
	}
	header[at] = (header[at] ?? 0) | 0x80;
};

export const rawEntry = (entry: RawEntry): Buffer => {
	const body =
		typeof entry.body === 'string' ? Buffer.from(entry.body, 'latin1') : (entry.body ?? Buffer.alloc(0));
	const header = Buffer.alloc(512);
	header.write((entry.path ?? '').slice(0, 100), 0, 'latin1');
	octal(header, 100, 8, entry.mode ?? 0o644);
	octal(header, 108, 8, entry.uid ?? 0);
	octal(header, 116, 8, entry.gid ?? 0);
	octal(header, 124, 12, entry.size ?? body.length);
	octal(header, 136, 12, entry.time ?? 1_700_000_000);
	header.write(entry.type ?? '0', 156, 'latin1');
	header.write((entry.link ?? '').slice(0, 100), 157, 'latin1');
	if (entry.magic === 'gnu') header.write('ustar  \0', 257, 'latin1');
	else if (entry.magic !== 'none') header.write('ustar\x0000', 257, 'latin1');
	if (entry.device !== undefined) {
		octal(header, 329, 8, entry.device[0]);
		octal(header, 337, 8, entry.device[1]);
	}
	header.write(entry.prefix ?? '', 345, 'latin1');
	entry.patch?.(header);
	header.fill(' ', 148, 156);
	const sum = header.reduce((total, byte) => total + byte, 0);
	header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
	return Buffer.concat([header, body, Buffer.alloc((512 - (body.length % 512)) % 512)]);
};

/** An extended header: of the next entry, or of all that follow. */
export const rawPax = (records: Readonly<Record<string, string>>, type: 'x' | 'g' = 'x'): Buffer => {
	const lines = Object.entries(records).map(([key, value]) => {
		const rest = ` ${key}=${value}\n`;
		let length = rest.length + 1;
		while (`${length}${rest}`.length !== length) length = `${length}${rest}`.length;
		return `${length}${rest}`;
	});
	return rawEntry({path: 'PaxHeaders/x', type, body: lines.join('')});
};

/** A name or a link's target longer than its field, as GNU tar writes it. */
export const rawLongName = (name: string, type: 'L' | 'K' = 'L'): Buffer =>
	rawEntry({path: '././@LongLink', type, body: `${name}\0`, magic: 'gnu'});

export const tarOf = (...entries: readonly (RawEntry | Buffer)[]): Buffer =>
	Buffer.concat([
		...entries.map(entry => (Buffer.isBuffer(entry) ? entry : rawEntry(entry))),
		Buffer.alloc(1024),
	]);
