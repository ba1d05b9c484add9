/** How the body of an answer is delimited (RFC 9112, section 6). */
export type BodyFraming =
	| {readonly kind: 'chunked'}
	| {readonly kind: 'length'; readonly bytes: number}
	| {readonly kind: 'until-close'};

/** No engine's head is longer. */
const mostBytes = 16 * 1024;
const endOfHead = Buffer.from('\r\n\r\n', 'latin1');

export type HeadReader = {
	/**
	 * @returns nothing while the head goes on; then what of these bytes belongs to the body, and how that is framed;
	 * `refused`: it is no plain answer with the status 200
	 */
	readonly write: (
		bytes: Buffer,
	) => {readonly framing: BodyFraming; readonly rest: Buffer} | 'refused' | undefined;
};

/** Reads the head of an HTTP answer that comes in pieces. */
export const createHeadReader = (): HeadReader => {
	let head = Buffer.alloc(0);
	return {
		write(bytes) {
			const before = head.length;
			head = Buffer.concat([head, bytes.subarray(0, mostBytes)]);
			const end = head.indexOf(endOfHead);
			if (end === -1) return head.length > mostBytes ? 'refused' : undefined;
			const framing = framingOf(head.toString('latin1', 0, end));
			const rest = bytes.subarray(end + endOfHead.length - before);
			return framing === undefined ? 'refused' : {framing, rest};
		},
	};
};

const framingOf = (head: string): BodyFraming | undefined => {
	const [status = '', ...lines] = head.split('\r\n');
	if (!/^HTTP\/1\.[01] 200(?: |$)/.test(status)) return undefined;
	const fields = new Map<string, string>();
	for (const line of lines) {
		const [, name, value] = /^([!#$%&'*+.^`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
		// What comes twice may be meant in two ways.
		if (name === undefined || value === undefined) return undefined;
		const key = name.toLowerCase();
		fields.set(key, fields.has(key) ? `${fields.get(key)},${value}` : value);
	}
	if (fields.has('content-encoding') || fields.has('upgrade')) return undefined;
	const coding = fields.get('transfer-encoding');
	const length = fields.get('content-length');
	if (coding !== undefined)
		return coding.toLowerCase() === 'chunked' && length === undefined ? {kind: 'chunked'} : undefined;
	if (length === undefined) return {kind: 'until-close'};
	return /^\d{1,15}$/.test(length) ? {kind: 'length', bytes: Number(length)} : undefined;
};
