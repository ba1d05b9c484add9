/** The part of dockerode 5 that Gantry uses; the published types lack the agent and mistype `dial`. */
declare module 'dockerode' {
	import type {Agent, IncomingMessage} from 'node:http';
	import type {Duplex, Readable} from 'node:stream';

	export type DialRequest = {
		/** Ends with `?` when `options` holds a query: it is not sent otherwise. */
		readonly path: string;
		readonly method: string;
		readonly options: {readonly _query: object; readonly _body: object};
		readonly headers?: Record<string, string>;
		/** A body that is sent as it comes, `application/tar`. */
		readonly file?: Readable;
		/** Statuses that are answers, the others become errors. */
		readonly statusCodes: Readonly<Record<number, true>>;
		/** The answer is the open response instead of its parsed body. */
		readonly isStream: true;
		/** Ask for an upgrade; the answer is then the bare socket. */
		readonly hijack: boolean;
		readonly abortSignal: AbortSignal;
	};

	export type DialAnswer = IncomingMessage | Duplex;

	export default class Docker {
		constructor(options: {
			readonly socketPath?: string;
			readonly host?: string;
			readonly port?: number;
			readonly protocol: 'http' | 'https';
			readonly agent: Agent;
		});
		readonly modem: {
			readonly dial: (
				request: DialRequest,
				callback: (error: Error | null, answer: DialAnswer | null) => void,
			) => void;
		};
	}
}
