import type {Clock} from '../../clock.ts';
import {missing} from '../containers/check-program.ts';
import type {ContainerEvents} from '../containers/container-events.ts';
import {type ContainerStore, untilContainer} from '../containers/container-store.ts';
import {type DemoContainer, isAlive} from '../containers/container-types.ts';
import {shellHostOf} from '../containers/shell-host-of.ts';
import type {OutputName} from '../http/frames.ts';
import {isProgram} from '../shell/shell.ts';
import {type ShellProcess, startShellProcess} from '../shell/shell-process.ts';

export type ExecSpec = {
	readonly id: string;
	readonly containerId: string;
	readonly argv: readonly string[];
	readonly environment: readonly string[];
	readonly user: string;
	readonly folder: string;
	readonly isTty: boolean;
	readonly hasInput: boolean;
};

/** An exec: created, then running, then ended with a code. */
export type Exec = ExecSpec & {
	readonly status: 'created' | 'running' | 'ended';
	readonly exitCode: number | undefined;
};

export type ExecParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly events: ContainerEvents;
	readonly stopped: AbortSignal;
};

export type ExecStore = {
	readonly find: (id: string) => Exec | undefined;
	readonly create: (spec: ExecSpec) => void;
	/** Starts it; its end is noted before the promise of the process resolves. */
	readonly start: (
		exec: Exec,
		container: DemoContainer,
		output: (stream: OutputName, text: string) => void,
	) => ShellProcess;
};

/** Ended ones are forgotten after so many. */
const keptExecs = 1000;

export const createExecStore = ({clock, store, events, stopped}: ExecParts): ExecStore => {
	const execs = new Map<string, Exec>();

	const note = (exec: Exec, patch: Pick<Exec, 'status' | 'exitCode'>): void => {
		execs.set(exec.id, {...exec, ...patch});
	};
	const ended = (exec: Exec, exitCode: number): void => {
		note(exec, {status: 'ended', exitCode});
		const container = store.find(exec.containerId);
		if (container !== undefined)
			events.tell(container, 'exec_die', {execID: exec.id, exitCode: String(exitCode)});
	};

	return {
		find: id => execs.get(id),
		create: spec => {
			execs.set(spec.id, {...spec, status: 'created', exitCode: undefined});
			const [oldest] = execs.keys();
			if (execs.size > keptExecs && oldest !== undefined) execs.delete(oldest);
			const container = store.get(spec.containerId);
			events.tell(container, `exec_create: ${eventText(spec.argv)}`, {execID: spec.id});
		},
		start: (exec, container, output) => {
			note(exec, {status: 'running', exitCode: undefined});
			events.tell(container, `exec_start: ${eventText(exec.argv)}`, {execID: exec.id});
			const [path = ''] = exec.argv;
			if (!isProgram(path)) {
				output('stdout', `${missing('exec', path)}\n`);
				// Nothing ran: no event tells of its end.
				note(exec, {status: 'ended', exitCode: 127});
				return {write: () => {}, endInput: () => {}, ended: Promise.resolve(127)};
			}
			const over = new AbortController();
			const process = startShellProcess({
				...exec,
				host: {...shellHostOf(container, clock), ...(exec.user === '' ? {} : {user: exec.user})},
				clock,
				output,
				signal: AbortSignal.any([over.signal, stopped]),
			});
			// A container takes along what runs in it.
			void untilContainer(store, container.id, now => !isAlive(now), over.signal).then(() => over.abort());
			const code = process.ended.then(exitCode => {
				over.abort();
				ended(exec, exitCode ?? 137);
				return exitCode;
			});
			return {...process, ended: code};
		},
	};
};

/** The command in an event: the program and its arguments, a space between them even without any. */
const eventText = ([program = '', ...args]: readonly string[]): string => `${program} ${args.join(' ')}`;
