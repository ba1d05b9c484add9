import type {Duplex} from 'node:stream';
import type {Clock} from '../../clock.ts';
import type {ContainerEvents} from '../containers/container-events.ts';
import type {ContainerStore} from '../containers/container-store.ts';
import {type DemoContainer, isAlive} from '../containers/container-types.ts';
import {followLog} from '../containers/follow-log.ts';
import type {ContainerLog, LogStore} from '../containers/log-store.ts';
import type {Runner} from '../containers/runner.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import {outputType} from '../http/frames.ts';
import {openSession} from '../http/hijack.ts';
import {flag} from '../http/query.ts';
import {readSession, sessionOutput} from './session-socket.ts';

export type AttachParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly logs: LogStore;
	readonly runner: Runner;
	readonly events: ContainerEvents;
	readonly stopped: AbortSignal;
};

/** `POST /containers/{id}/resize`, and `attach`: the input and output of what runs, or of what is started next. */
export const attachRoutes = (parts: AttachParts): readonly DemoRoute[] => [
	{
		method: 'POST',
		path: /^\/containers\/([^/]+)\/resize$/,
		handle: (_request, [reference = '']) => {
			const {id, status} = parts.store.get(reference);
			if (status !== 'running') throw new DemoError(409, `Container ${id} is not running`);
			return {status: 200};
		},
	},
	{
		method: 'POST',
		path: /^\/containers\/([^/]+)\/attach$/,
		handle: ({query, headers, apiMinor}, [reference = '']) => {
			const {store, logs, events} = parts;
			const container = store.get(reference);
			if (container.status === 'paused')
				throw new DemoError(409, `Container ${container.id} is paused, unpause the container before attach.`);
			const {isTty} = container.spec;
			const log = logs.of(container.id);
			const isPastShown = flag(query, 'logs');
			return {
				hijack: async socket => {
					openSession(socket, headers.upgrade !== undefined, outputType(isTty, apiMinor));
					events.tell(container, 'attach');
					await session(parts, container, log, socket, isPastShown);
				},
			};
		},
	},
];

const session = async (
	parts: AttachParts,
	container: DemoContainer,
	log: ContainerLog,
	socket: Duplex,
	isPastShown: boolean,
): Promise<void> => {
	const {clock, stopped} = parts;
	const gone = new AbortController();
	const signal = AbortSignal.any([gone.signal, stopped]);
	const input = bufferedInput(parts, container);
	const reading = readSession(socket, input);
	void reading.then(() => gone.abort());
	const write = sessionOutput(socket, container.spec.isTty);
	if (await hasRun(parts, container, log, signal)) {
		input.flush();
		const isNew = !isAlive(container);
		const range = {
			since: 0,
			until: Number.POSITIVE_INFINITY,
			tail: isNew || isPastShown ? Number.POSITIVE_INFINITY : 0,
		};
		const current = {...log, runs: log.runs.slice(-1)};
		for await (const batch of followLog(clock, current, range, signal))
			for (const {stream, text} of batch) write(stream, text);
	}
	socket.end();
	await reading;
};

/** Waits for the next run of a container that does not run; false when none comes. */
const hasRun = async (
	{clock, store}: AttachParts,
	container: DemoContainer,
	log: ContainerLog,
	signal: AbortSignal,
): Promise<boolean> => {
	const last = isAlive(container) ? undefined : log.runs.at(-1);
	while (log.runs.length === 0 || log.runs.at(-1) === last) {
		if (signal.aborted || store.find(container.id) === undefined) return false;
		await log.bell.heard(clock, Number.POSITIVE_INFINITY, signal);
	}
	return true;
};

/** Input that comes before the container is started waits for it. */
const bufferedInput = ({runner}: AttachParts, {id, spec}: DemoContainer) => {
	const waiting: string[] = [];
	let hasEnded = false;
	const flush = (): void => {
		const process = runner.processOf(id);
		if (process === undefined) return;
		for (const text of waiting.splice(0)) process.write(text);
		if (hasEnded && !spec.isTty) process.endInput();
	};
	return {
		text: (text: string): void => {
			waiting.push(text);
			flush();
		},
		end: (): void => {
			hasEnded = true;
			flush();
		},
		flush,
	};
};
