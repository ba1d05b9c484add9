import type {IncomingMessage} from 'node:http';
import type {Readable} from 'node:stream';
import type {BuildEvent, BuildOptions} from '../build-types.ts';
import {parseProgressLine} from '../decode/transfer.ts';
import type {EngineClient} from '../engine-client.ts';
import {EngineError, isAborted} from '../errors.ts';
import {linesOf} from '../line-splitter.ts';
import {configHeader} from '../registry-auth.ts';
import {type BuildSession, openBuildSession} from './build-session.ts';
import {createBuildKitStream} from './buildkit-stream.ts';
import {createClassicStream} from './classic-stream.ts';

const pingLimitMs = 10_000;
const buildKitVersion = '2';

/** From 23 on an engine says in its ping which builder it prefers. */
const prefersBuildKit = async (client: EngineClient, signal: AbortSignal): Promise<boolean> => {
	const request = {operation: 'build', path: '/_ping', limitMs: pingLimitMs};
	const {headers} = await client.transport().call(request, signal);
	return headers['builder-version'] === buildKitVersion;
};

type Builder = {readonly session?: BuildSession; readonly event: BuildEvent};

/** BuildKit is offered and yet cannot be reached, as behind a proxy that passes no upgrade: then the classic one. */
const chooseBuilder = async (
	client: EngineClient,
	{builder, accounts}: BuildOptions,
	signal: AbortSignal,
): Promise<Builder> => {
	const classic = {type: 'builder', name: 'classic'} as const;
	if (builder === 'classic' || (builder === 'auto' && !(await prefersBuildKit(client, signal))))
		return {event: classic};
	try {
		const session = await openBuildSession(client, 'gantry', signal, accounts);
		return {session, event: {type: 'builder', name: 'buildkit'}};
	} catch (error) {
		if (builder === 'buildkit' || isAborted(error)) throw error;
		const reason = error instanceof Error ? error.message : String(error);
		return {event: {...classic, reason: `BuildKit cannot be reached: ${reason}`}};
	}
};

/** Lists become one parameter for each entry, maps JSON, as the engine reads them. */
const pathOf = (options: BuildOptions, session: BuildSession | undefined): string => {
	const query = new URLSearchParams({dockerfile: options.dockerfile, rm: '1', forcerm: '1'});
	for (const tag of options.tags) query.append('t', tag);
	if (Object.keys(options.args).length > 0) query.set('buildargs', JSON.stringify(options.args));
	if (Object.keys(options.labels).length > 0) query.set('labels', JSON.stringify(options.labels));
	if (options.target !== '') query.set('target', options.target);
	if (options.platform !== undefined) query.set('platform', options.platform);
	if (options.isCacheless) query.set('nocache', '1');
	if (options.isPulling) query.set('pull', '1');
	query.set('version', session === undefined ? '1' : buildKitVersion);
	if (session !== undefined) query.set('session', session.id);
	return `/build?${query}`;
};

const accountHeaders = async (
	{accounts}: BuildOptions,
	signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> =>
	accounts === undefined ? {} : configHeader(await accounts.all(signal));

/** An upload that broke tells why; the connection that broke with it does not. */
const causeOf = (upload: Readable, error: unknown): unknown => upload.errored ?? error;

/** @throws EngineError with the engine's words; the error of the upload when it is what broke */
export async function* runBuild(
	client: EngineClient,
	upload: Readable,
	options: BuildOptions,
	signal: AbortSignal,
): AsyncGenerator<BuildEvent, void, undefined> {
	const {session, event} = await chooseBuilder(client, options, signal);
	yield event;
	let response: IncomingMessage | undefined;
	try {
		const path = pathOf(options, session);
		const headers = session === undefined ? await accountHeaders(options, signal) : {};
		const request = {operation: 'build', method: 'POST', path, upload, headers} as const;
		response = await client.transport().open(client.versioned(request), signal);
		yield* session === undefined ? classicEvents(response) : buildKitEvents(response);
	} catch (error) {
		throw causeOf(upload, error);
	} finally {
		response?.destroy();
		session?.close();
	}
}

/** An answer that ends without an image is no build that was done. */
async function* withImage(events: AsyncIterable<BuildEvent>): AsyncGenerator<BuildEvent, void, undefined> {
	let hasImage = false;
	for await (const event of events) {
		if (event.type === 'image') hasImage = true;
		yield event;
	}
	if (!hasImage)
		throw new EngineError('protocol', 'the engine ended the build without an image', {operation: 'build'});
}

async function* classicSteps(response: IncomingMessage): AsyncGenerator<BuildEvent, void, undefined> {
	const stream = createClassicStream();
	for await (const line of linesOf(response)) {
		const {events, failure} = stream.push(parseProgressLine(line));
		yield* events;
		if (failure !== undefined) throw failure;
	}
	yield* stream.end();
}

const classicEvents = (response: IncomingMessage): AsyncIterable<BuildEvent> =>
	withImage(classicSteps(response));

async function* buildKitSteps(response: IncomingMessage): AsyncGenerator<BuildEvent, void, undefined> {
	const stream = createBuildKitStream();
	for await (const line of linesOf(response)) yield* stream.push(parseProgressLine(line));
}

const buildKitEvents = (response: IncomingMessage): AsyncIterable<BuildEvent> =>
	withImage(buildKitSteps(response));
