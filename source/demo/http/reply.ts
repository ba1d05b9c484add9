import type {ServerResponse} from 'node:http';
import type {Clock} from '../../clock.ts';
import type {DemoReply} from '../contract.ts';
import {pause} from '../pause.ts';
import {BodyCut, type DemoFault, faultyBody} from './faults.ts';

/** What writing needs beside the reply. */
export type ReplyTerms = {
	readonly clock: Clock;
	readonly signal: AbortSignal;
	readonly fault: DemoFault | undefined;
	/** Resolves when a stream may go on. */
	readonly thaw: () => Promise<void>;
};

type WrittenReply = Exclude<DemoReply, {hijack: unknown}>;

/** Writes an answer; resolves when it is out, or its client gone. */
export const writeReply = async (
	response: ServerResponse,
	reply: WrittenReply,
	terms: ReplyTerms,
): Promise<void> => {
	try {
		if ('stream' in reply) await writeStream(response, reply, terms);
		else await writeWhole(response, reply, terms);
	} catch (error) {
		if (!(error instanceof BodyCut)) throw error;
		response.destroy();
	}
};

const writeStream = async (
	response: ServerResponse,
	reply: Extract<WrittenReply, {stream: unknown}>,
	{clock, signal, fault, thaw}: ReplyTerms,
): Promise<void> => {
	response.writeHead(reply.status, {'Content-Type': reply.contentType});
	// Clients wait for the headers before they do what will fill the body.
	response.flushHeaders();
	const body = fault === undefined ? reply.stream : faultyBody(reply.stream, fault, clock, signal);
	for await (const piece of body) {
		await thaw();
		if (signal.aborted) return;
		if (!response.write(piece)) await drained(response, signal);
	}
	response.end();
};

const writeWhole = async (
	response: ServerResponse,
	reply: Exclude<WrittenReply, {stream: unknown}>,
	{clock, signal, fault}: ReplyTerms,
): Promise<void> => {
	const [type, body] =
		'text' in reply
			? ['text/plain; charset=utf-8', reply.text]
			: ['application/json', reply.json === undefined ? '' : `${JSON.stringify(reply.json)}\n`];
	const headers = 'headers' in reply ? reply.headers : {};
	if (reply.status === 204 || reply.status === 304) {
		// There is no piece to be slow with.
		if (fault?.kind === 'slow') await pause(clock, fault.delayMs, signal);
		if (signal.aborted) return;
		response.writeHead(reply.status, headers).end();
		return;
	}
	const length = {'Content-Length': String(Buffer.byteLength(body))};
	response.writeHead(reply.status, {...(body === '' ? {} : {'Content-Type': type}), ...length, ...headers});
	if (fault === undefined) {
		response.end(body);
		return;
	}
	for await (const piece of faultyBody([body], fault, clock, signal)) response.write(piece);
	response.end();
};

const drained = (response: ServerResponse, signal: AbortSignal): Promise<void> =>
	new Promise(resolve => {
		const done = (): void => {
			response.off('drain', done);
			signal.removeEventListener('abort', done);
			resolve();
		};
		response.once('drain', done);
		signal.addEventListener('abort', done, {once: true});
	});
