import type {IncomingMessage} from 'node:http';
import {DemoError} from '../contract.ts';

/** A body larger than this is no request for this engine. */
const longestBytes = 4 * 1024 * 1024;

/**
 * The JSON of a request; `{}` for none.
 * @throws DemoError 400, in the engine's words
 */
export const jsonBody = async (request: IncomingMessage): Promise<unknown> => {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of request) {
		const piece = Buffer.from(chunk);
		bytes += piece.length;
		if (bytes > longestBytes) throw new DemoError(400, 'request body is too large');
		chunks.push(piece);
	}
	const text = Buffer.concat(chunks).toString().trim();
	if (text === '') return {};
	const type = request.headers['content-type'] ?? '';
	if (!/^application\/json\b/i.test(type))
		throw new DemoError(400, `Content-Type specified (${type}) must be 'application/json'`);
	try {
		return JSON.parse(text);
	} catch {
		throw new DemoError(400, 'invalid JSON: unexpected EOF');
	}
};
