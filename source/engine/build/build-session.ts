import {randomBytes} from 'node:crypto';
import {
	constants,
	type IncomingHttpHeaders,
	performServerHandshake,
	type ServerHttp2Session,
	type ServerHttp2Stream,
} from 'node:http2';
import type {EngineClient} from '../engine-client.ts';

/** The line on which BuildKit asks its client while it builds. */
export type BuildSession = {
	/** Names it in the request for the build. */
	readonly id: string;
	readonly close: () => void;
};

const openLimitMs = 10_000;

const health = '/grpc.health.v1.Health/Check';
const credentials = '/moby.filesync.v1.Auth/Credentials';

/** `HealthCheckResponse{status: SERVING}`. */
const serving = Uint8Array.of(0x08, 0x01);
/** `CredentialsResponse{}`: no name and no secret, the registry is asked as anybody. */
const anonymous = new Uint8Array();

const answers: ReadonlyMap<string, Uint8Array> = new Map([
	[health, serving],
	[credentials, anonymous],
]);

/** gRPC over HTTP/2: a message is one byte (not compressed) and its length in four, then itself. */
const framed = (message: Uint8Array): Uint8Array => {
	const head = Buffer.alloc(5);
	head.writeUInt32BE(message.length, 1);
	return Buffer.concat([head, message]);
};

const grpcUnimplemented = '12';
const contentType = 'application/grpc';

const answer = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void => {
	stream.on('error', () => {});
	stream.resume();
	const path = headers[constants.HTTP2_HEADER_PATH];
	const message = typeof path === 'string' ? answers.get(path) : undefined;
	const head = {[constants.HTTP2_HEADER_STATUS]: 200, 'content-type': contentType};
	if (message === undefined) {
		const refusal = {'grpc-status': grpcUnimplemented, 'grpc-message': 'not offered by this client'};
		stream.respond({...head, ...refusal}, {endStream: true});
		return;
	}
	stream.respond(head, {waitForTrailers: true});
	stream.once('wantTrailers', () => stream.sendTrailers({'grpc-status': '0'}));
	stream.end(framed(message));
};

/**
 * `POST /session`: the connection is turned around, the engine becomes the client of a small gRPC server (BuildKit
 * session/grpchijack). It is asked whether it lives, and for the credentials of registries: there are none.
 * @throws EngineError when the engine offers no sessions
 */
export const openBuildSession = async (
	client: EngineClient,
	name: string,
	signal: AbortSignal,
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
	const session: ServerHttp2Session = performServerHandshake(socket);
	session.on('error', () => {});
	session.on('stream', answer);
	const close = (): void => {
		signal.removeEventListener('abort', close);
		session.destroy();
		socket.destroy();
	};
	signal.addEventListener('abort', close, {once: true});
	return {id, close};
};
