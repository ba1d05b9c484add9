import {EngineError} from '../errors.ts';

/** One field of a message: a number for varints and fixed numbers, bytes for what has a length. */
export type ProtoField = {readonly number: number; readonly value: number | Uint8Array};

const cutShort = (): EngineError => new EngineError('protocol', 'a message of the engine is cut short');

/** @returns the number, exact up to 2^53, and where it ends */
const varint = (bytes: Uint8Array, start: number): readonly [value: number, end: number] => {
	let value = 0;
	for (let index = start, factor = 1; index < start + 10; index += 1, factor *= 128) {
		const byte = bytes[index];
		if (byte === undefined) throw cutShort();
		value += (byte & 0x7f) * factor;
		if (byte < 0x80) return [value, index + 1];
	}
	throw new EngineError('protocol', 'a message of the engine holds a number without end');
};

/**
 * The fields of a message in the protocol buffers wire format, in their order.
 * @throws EngineError `protocol` when it is cut short or holds groups
 */
export function* protoFields(bytes: Uint8Array): Generator<ProtoField, void, undefined> {
	for (let at = 0; at < bytes.length; ) {
		const [key, afterKey] = varint(bytes, at);
		const number = Math.floor(key / 8);
		const wireType = key % 8;
		if (wireType === 0) {
			const [value, end] = varint(bytes, afterKey);
			yield {number, value};
			at = end;
			continue;
		}
		const [length, start] = spanOf(bytes, wireType, afterKey);
		const end = start + length;
		if (end > bytes.length) throw cutShort();
		yield {number, value: bytes.subarray(start, end)};
		at = end;
	}
}

const lengthBytes = (length: number): readonly number[] =>
	length < 0x80 ? [length] : [(length & 0x7f) | 0x80, ...lengthBytes(length >>> 7)];

/** A field of text, as it goes over the wire; nothing for an empty one. @param number below 16 */
export const protoText = (number: number, text: string): Uint8Array => {
	const bytes = Buffer.from(text, 'utf8');
	const head = Uint8Array.of((number << 3) | 2, ...lengthBytes(bytes.length));
	return bytes.length === 0 ? bytes : Buffer.concat([head, bytes]);
};

const spanOf = (
	bytes: Uint8Array,
	wireType: number,
	at: number,
): readonly [length: number, start: number] => {
	switch (wireType) {
		case 1:
			return [8, at];
		case 2:
			return varint(bytes, at);
		case 5:
			return [4, at];
		default:
			throw new EngineError('protocol', `a message of the engine holds wire type ${wireType}`);
	}
};
