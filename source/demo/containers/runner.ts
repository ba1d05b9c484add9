import type {Clock} from '../../clock.ts';
import {afterLong} from '../pause.ts';
import {type ShellProcess, startShellProcess} from '../shell/shell-process.ts';
import type {DemoContainer, HealthStatus} from './container-types.ts';
import type {LogStore} from './log-store.ts';
import {shellHostOf} from './shell-host-of.ts';

/** What a process does on its own. */
export type RunnerEvents = {
	readonly ended: (id: string, code: number, isOom: boolean) => void;
	readonly healthChanged: (id: string, status: HealthStatus) => void;
};

/** The processes of running containers: timers of services, and the little shell. */
export type Runner = {
	readonly begin: (container: DemoContainer, events: RunnerEvents) => void;
	/** No more of it happens. */
	readonly end: (id: string) => void;
	/** The process of a container that runs a command, for its input. */
	readonly processOf: (id: string) => ShellProcess | undefined;
	/** All of them. */
	readonly stop: () => void;
};

export const createRunner = (clock: Clock, logs: LogStore): Runner => {
	const running = new Map<string, {readonly ended: AbortController; readonly process?: ShellProcess}>();

	const end = (id: string): void => {
		running.get(id)?.ended.abort();
		running.delete(id);
	};

	const beginService = (container: DemoContainer, events: RunnerEvents, signal: AbortSignal): void => {
		const {id, spec} = container;
		if (spec.program.kind !== 'service') return;
		const {exit, health} = spec.program;
		const later = (delayMs: number, run: () => void): void => {
			signal.addEventListener('abort', afterLong(clock, delayMs, run), {once: true});
		};
		if (exit !== undefined) later(exit.afterMs, () => events.ended(id, exit.code, exit.isOom === true));
		if (health !== undefined) later(health.afterMs, () => events.healthChanged(id, health.status));
	};

	const beginCommand = (
		container: DemoContainer,
		events: RunnerEvents,
		signal: AbortSignal,
	): ShellProcess => {
		const {id, spec} = container;
		const process = startShellProcess({
			argv: spec.program.kind === 'command' ? spec.program.argv : spec.argv,
			environment: [
				...spec.environment,
				`HOSTNAME=${spec.hostname === '' ? id.slice(0, 12) : spec.hostname}`,
			],
			folder: spec.workingDirectory,
			host: shellHostOf(container, clock),
			isTty: spec.isTty,
			hasInput: spec.isStdinOpen || spec.isTty,
			clock,
			output: (stream, text) => logs.append(id, clock.now(), stream, text),
			signal,
		});
		void process.ended.then(code => {
			if (code !== undefined) events.ended(id, code, false);
		});
		return process;
	};

	return {
		begin: (container, events) => {
			end(container.id);
			const {program} = container.spec;
			const ended = new AbortController();
			const isCommand = program.kind === 'command';
			// A service without an appointment needs nothing kept.
			if (!isCommand && program.exit === undefined && program.health === undefined) return;
			running.set(container.id, {ended});
			if (isCommand)
				running.set(container.id, {ended, process: beginCommand(container, events, ended.signal)});
			else beginService(container, events, ended.signal);
		},
		end,
		processOf: id => running.get(id)?.process,
		stop: () => {
			for (const id of [...running.keys()]) end(id);
		},
	};
};
