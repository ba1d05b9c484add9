/** Where output went: numbers as in the engine's frames. */
export const streamNumbers = {stdout: 1, stderr: 2} as const;
export type OutputName = keyof typeof streamNumbers;

const headerBytes = 8;

/** A frame of the multiplexed stream: type, three zeros, length (32 bits, big endian), payload. */
export const frame = (stream: OutputName, payload: string): Buffer => {
	const length = Buffer.byteLength(payload);
	const bytes = Buffer.alloc(headerBytes + length);
	bytes[0] = streamNumbers[stream];
	bytes.writeUInt32BE(length, 4);
	bytes.write(payload, headerBytes);
	return bytes;
};

/** What the engine calls the two forms of output, which it does from API 1.42 on. */
export const outputType = (isTty: boolean, apiMinor: number): string =>
	isTty || apiMinor < 42 ? 'application/vnd.docker.raw-stream' : 'application/vnd.docker.multiplexed-stream';
