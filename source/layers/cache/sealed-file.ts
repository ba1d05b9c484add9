import {deserialize, serialize} from 'node:v8';
import {crc32} from 'node:zlib';

/** The last byte is the version of what is inside: of another version, nothing is read. */
const magic = Buffer.from('gantry cache\n\x01', 'latin1');
const headBytes = 20;

/** A value of typed arrays, texts and numbers as a file: magic, version and CRC-32 before it. */
export const sealed = (value: unknown): Buffer => {
	const body = serialize(value);
	const head = Buffer.alloc(headBytes);
	magic.copy(head);
	head.writeUInt32LE(crc32(body), headBytes - 4);
	return Buffer.concat([head, body]);
};

/** @returns what was sealed, views of the file's own memory among it; nothing of a file that is damaged or of another version */
export const unsealed = <Value>(file: Buffer): Value | undefined => {
	if (file.length < headBytes || !file.subarray(0, magic.length).equals(magic)) return undefined;
	const body = file.subarray(headBytes);
	return file.readUInt32LE(headBytes - 4) === crc32(body) ? deserialize(body) : undefined;
};
