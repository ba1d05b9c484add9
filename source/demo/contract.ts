import type {IncomingHttpHeaders, IncomingMessage, ServerResponse} from 'node:http';
import type {Duplex} from 'node:stream';
import type {Clock} from '../clock.ts';

/** A request of the Engine API, without its version prefix. */
export type DemoRequest = {
	readonly method: string;
	/** e.g. `/containers/json`, still percent-encoded. */
	readonly path: string;
	readonly query: URLSearchParams;
	readonly headers: IncomingHttpHeaders;
	/** Of the version asked for: 41 for `/v1.41/…`; the engine's own without a prefix. */
	readonly apiMinor: number;
	/** The parsed JSON body; `{}` for none. Rejects with a `DemoError` 400 for anything else. */
	readonly body: () => Promise<unknown>;
	readonly raw: IncomingMessage;
	/** Aborts when the client is gone or the engine stops. */
	readonly signal: AbortSignal;
};

/** What is answered: a body of JSON (none for 204 and 304), or pieces as they come. */
export type DemoReply =
	| {
			readonly status: number;
			readonly json?: unknown;
			readonly headers?: Readonly<Record<string, string>>;
	  }
	| {readonly status: number; readonly text: string}
	| {
			readonly status: number;
			readonly contentType: string;
			readonly stream: AsyncIterable<Buffer | string>;
	  }
	/** The connection was taken over: nothing more to write. */
	| {
			readonly hijack: (socket: Duplex, response: ServerResponse) => Promise<void>;
	  };

export type DemoHandler = (
	request: DemoRequest,
	/** The groups of the path's pattern, decoded. */
	parameters: readonly string[],
) => DemoReply | Promise<DemoReply>;

export type DemoRoute = {
	readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE' | 'PUT';
	/** Matched against the whole path. */
	readonly path: RegExp;
	readonly handle: DemoHandler;
};

/** An answer of status 400 and above, in Docker's shape: `{"message": …}`. */
export class DemoError extends Error {
	readonly status: number;

	constructor(status: number, message: string) {
		super(message);
		this.name = 'DemoError';
		this.status = status;
	}
}

/** What every part of the embedded engine works with. */
export type DemoContext = {
	readonly clock: Clock;
	/** Uniform in [0, 1), the same sequence for the same seed. */
	readonly random: () => number;
	/** Tells `/events` subscribers; time and scope are added. */
	readonly emit: (event: {
		readonly Type: 'container' | 'image' | 'network' | 'volume';
		readonly Action: string;
		readonly id: string;
		readonly attributes: Readonly<Record<string, string>>;
	}) => void;
};

/** What containers need to know of images. */
export type DemoImages = {
	/** By id, short id, name or name:tag (tag defaults to latest); `undefined` when there is none. */
	readonly find: (reference: string) => DemoImageFacts | undefined;
	/** Makes an image of a container. @returns its id @throws DemoError 400 for a name that is none */
	readonly commit: (commit: DemoCommit) => string;
	readonly routes: readonly DemoRoute[];
};

/** An image made of a container: another layer over the image that the container was made from. */
export type DemoCommit = {
	/** `sha256:…` */
	readonly baseId: string;
	readonly settings: DemoImageSettings;
	/** Empty: it gets no name. */
	readonly repository: string;
	readonly tag: string;
	readonly createdBy: string;
};

/** What a container made from an image begins with. */
export type DemoImageSettings = {
	readonly command: readonly string[];
	readonly entrypoint: readonly string[];
	readonly environment: readonly string[];
	readonly workingDirectory: string;
	readonly user: string;
	/** e.g. `80/tcp` */
	readonly exposedPorts: readonly string[];
	readonly volumes: readonly string[];
	readonly labels: Readonly<Record<string, string>>;
	readonly stopSignal?: string;
};

export type DemoImageFacts = DemoImageSettings & {
	/** `sha256:…` */
	readonly id: string;
	readonly tags: readonly string[];
	readonly sizeBytes: number;
};

/** What images need to know of containers: who uses an image keeps it from being removed. */
export type DemoContainersOfImage = (imageId: string) => readonly {
	readonly id: string;
	readonly isRunning: boolean;
}[];
