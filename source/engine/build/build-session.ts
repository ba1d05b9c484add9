import {randomBytes} from 'node:crypto';
import {
	constants,
	type IncomingHttpHeaders,
	performServerHandshake,
	type ServerHttp2Session,
	type ServerHttp2Stream,
} from 'node:http2';
import type {BuildAccounts} from '../build-types.ts';
import type {EngineClient} from '../engine-client.ts';
import {protoFields, protoText} from './protobuf.ts';

/** The line on which BuildKit asks its client while it builds. */
export type BuildSession = {
	/** Names it in the request for the build. */
	readonly id: string;
	readonly close: () => void;
};

/** Messages in and out, without the frames of gRPC. */
type Answer = (request: Uint8Array) => Promise<Uint8Array>;

const openLimitMs = 10_000;

const health = '/grpc.health.v1.Health/Check';
const credentials = '/moby.filesync.v1.Auth/Credentials';

/** `HealthCheckResponse{status: SERVING}`. */
const serving = Uint8Array.of(0x08, 0x01);
/** `CredentialsResponse{}`: no name and no secret, the registry is asked as anybody. */
const anonymous = new Uint8Array();

/** `CredentialsRequest{Host: 1}`. */
const hostIn = (request: Uint8Array): string => {
	for (const {number, value} of protoFields(request))
		if (number === 1 && typeof value !== 'number') return Buffer.from(value).toString('utf8');
	return '';
};

/**
 * `CredentialsResponse{Username: 1, Secret: 2}`; a token goes without a name.
 * Source: moby/buildkit, session/auth/auth.proto and authprovider.
 */
const credentialsFor =
	(accounts: BuildAccounts, signal: AbortSignal): Answer =>
	async request => {
		const auth = await accounts.find(hostIn(request), signal);
		if (auth === undefined) return anonymous;
		const {credentials: found} = auth;
		return found.kind === 'password'
			? Buffer.concat([protoText(1, found.username), protoText(2, found.password)])
			: protoText(2, found.token);
	};

/** gRPC over HTTP/2: a message is one byte (not compressed) and its length in four, then itself. */
const framed = (message: Uint8Array): Uint8Array => {
	const head = Buffer.alloc(frameHeadBytes);
	head.writeUInt32BE(message.length, 1);
	return Buffer.concat([head, message]);
};

const frameHeadBytes = 5;
const mostRequestBytes = 64 * 1024;
const grpcUnimplemented = '12';
const grpcUnavailable = '14';
const contentType = 'application/grpc';
const head = {[constants.HTTP2_HEADER_STATUS]: 200, 'content-type': contentType};

const refuse = (stream: ServerHttp2Stream, status: string, message: string): void => {
	stream.respond({...head, 'grpc-status': status, 'grpc-message': message}, {endStream: true});
};

const messageOf = async (stream: ServerHttp2Stream): Promise<Uint8Array> => {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of stream) {
		const part = Buffer.from(chunk);
		bytes += part.length;
		if (bytes > mostRequestBytes) break;
		chunks.push(part);
	}
	return Buffer.concat(chunks).subarray(frameHeadBytes);
};

const respond = async (stream: ServerHttp2Stream, answer: Answer): Promise<void> => {
	try {
		const message = await answer(await messageOf(stream));
		if (stream.destroyed) return;
		stream.respond(head, {waitForTrailers: true});
		stream.once('wantTrailers', () => stream.sendTrailers({'grpc-status': '0'}));
		stream.end(framed(message));
	} catch {
		// The builder is not told why: what could not be read here is told with the failure of the build.
		if (!stream.destroyed && !stream.headersSent) refuse(stream, grpcUnavailable, 'cannot be answered');
	}
};

/** @param accounts absent: there are none */
const createAnswers = (
	accounts: BuildAccounts | undefined,
	signal: AbortSignal,
): ReadonlyMap<string, Answer> =>
	new Map<string, Answer>([
		[health, async () => serving],
		[credentials, accounts === undefined ? async () => anonymous : credentialsFor(accounts, signal)],
	]);

/**
 * `POST /session`: the connection is turned around, the engine becomes the client of a small gRPC server (BuildKit
 * session/grpchijack). It is asked whether it lives, and for the credentials of registries.
 * @throws EngineError when the engine offers no sessions
 */
export const openBuildSession = async (
	client: EngineClient,
	name: string,
	signal: AbortSignal,
	accounts?: BuildAccounts,
): Promise<BuildSession> => {
	const id = randomBytes(16).toString('hex');
	const socket = await client.transport().hijack(
		client.versioned({
			operation: 'build session',
			method: 'POST',
			path: '/session',
			headers: {
				Upgrade: 'h2c',
				'X-Docker-Expose-Session-Uuid': id,
				'X-Docker-Expose-Session-Name': name,
				'X-Docker-Expose-Session-Grpc-Method': credentials,
			},
			limitMs: openLimitMs,
		}),
		signal,
	);
	socket.on('error', () => {});
	const ending = new AbortController();
	const answers = createAnswers(accounts, ending.signal);
	const session: ServerHttp2Session = performServerHandshake(socket);
	session.on('error', () => {});
	session.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
		stream.on('error', () => {});
		const path = headers[constants.HTTP2_HEADER_PATH];
		const answer = typeof path === 'string' ? answers.get(path) : undefined;
		if (answer !== undefined) {
			void respond(stream, answer);
			return;
		}
		stream.resume();
		refuse(stream, grpcUnimplemented, 'not offered by this client');
	});
	const close = (): void => {
		signal.removeEventListener('abort', close);
		ending.abort();
		session.destroy();
		socket.destroy();
	};
	signal.addEventListener('abort', close, {once: true});
	return {id, close};
};
