import type {AttachSession, ExecResult} from '../engine/session-types.ts';
import type {Container} from '../engine/types.ts';
import {sanitise, sanitiseLog} from '../format/sanitise.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isRunning} from './container-states.ts';
import {converse, nextKey, notice, type Opened, opened} from './converse.ts';
import {createLeaveKeys, createLineInput} from './leave-keys.ts';
import {showError, showInfo} from './toasts.ts';
import type {Command, CommandContext, RawTerminal} from './types.ts';

/** Of what it has written before, to show where it stands; a log that takes longer to read is done without. */
const lastLines = 10;
const logPatienceMs = 2000;

const howToLeave = ({isTty, input}: AttachSession): string => {
	if (isTty) return 'ctrl-p ctrl-q leaves it running; ctrl-c goes to it';
	const leaving = 'ctrl-c leaves it running';
	switch (input) {
		case 'open':
			return `${leaving}; lines you type go to its input`;
		case 'kept':
			return `${leaving}; its input would be closed by leaving and stays untouched`;
		case 'none':
			return `${leaving}; it takes no input`;
		default:
			return input satisfies never;
	}
};

const showLastLines = async (
	{engine, clock, signal}: CommandContext,
	{id}: Container,
	isTty: boolean,
	terminal: RawTerminal,
): Promise<void> => {
	let count = 0;
	const limit = new AbortController();
	const callOff = clock.after(logPatienceMs, () => limit.abort());
	try {
		const either = AbortSignal.any([signal, limit.signal]);
		for await (const lines of engine.logs(id, {tail: lastLines, follow: false, isTty}, either)) {
			await terminal.write(lines.map(({text}) => `${sanitiseLog(text)}\r\n`).join(''));
			count += lines.length;
		}
		if (count === 0 && !limit.signal.aborted)
			await terminal.write('\x1b[2m(it has written nothing yet)\x1b[m\r\n');
	} catch (error) {
		const words = error instanceof Error ? sanitise(error.message) : 'unknown';
		await terminal.write(`\x1b[2m(what it wrote before cannot be read: ${words})\x1b[m\r\n`);
	} finally {
		callOff();
	}
};

type Outcome = {readonly hasLeft: boolean; readonly result?: ExecResult};

const follow = async (
	context: CommandContext,
	container: Container,
	{session, early}: Opened<AttachSession>,
	terminal: RawTerminal,
): Promise<Outcome> => {
	const {signal} = context;
	const {isTty} = session;
	const name = sanitise(container.name);
	await terminal.write(`${notice(`attached to ${name}: ${howToLeave(session)}`)}\r\n`);
	// What writes lines scrolls below ours; what draws on a terminal has all of it.
	if (!isTty) await terminal.write(`\x1b[2;${terminal.rows()}r\x1b[2;1H`);
	await showLastLines(context, container, isTty, terminal);
	if (isTty) {
		// Another size and back: what draws on a terminal draws itself anew.
		await session.resize(terminal.columns(), terminal.rows() + 1);
		await session.resize(terminal.columns(), terminal.rows());
	}
	const leaveKeys = createLeaveKeys();
	const lineInput = createLineInput();
	const ending = await converse({
		context,
		container,
		session,
		terminal,
		early,
		isTty,
		onInput: (data, leave) => {
			const typed = isTty ? {...leaveKeys(data), echo: ''} : lineInput(data);
			if (typed.send.length > 0) session.write(typed.send);
			if (session.input === 'open') terminal.write(typed.echo).catch(() => undefined);
			if (typed.hasLeft) leave();
		},
	});
	if (ending === 'left') return {hasLeft: true};
	const result = await session.result();
	const how =
		result.exitCode === undefined
			? 'the engine has closed the connection'
			: `${name} ended with exit code ${result.exitCode}`;
	await terminal.write(`\r\n${notice(`${how}: press a key to go back`)}`);
	await nextKey(terminal, signal);
	return {hasLeft: false, result};
};

const tellEnd = (context: CommandContext, {name}: Container, {hasLeft, result}: Outcome): void => {
	if (context.signal.aborted) return;
	if (hasLeft) showInfo(context, `left ${name}: it runs on`);
	else if (result?.exitCode === undefined)
		showError(context, `${name}: the engine closed the connection to it`);
	else showInfo(context, `${name} ended with exit code ${result.exitCode}`);
};

export const attachCommand: Command = {
	id: 'containers.attach',
	scope: 'containers',
	title: 'attach',
	help: 'Joins the main process: its output, its input, its terminal; ctrl-p ctrl-q leaves it running',
	keys: ['a'],
	group: 'danger',
	inFooter: 32,
	targets: containerTargets,
	disabledReason: singleReason(isRunning, 'it does not run'),
	run: async (context, input) => {
		const [container] = containersNamed(context.store.getState(), input.targets);
		if (container === undefined) return;
		await context.terminal.suspend(async terminal => {
			const start = await opened(terminal, signal =>
				context.engine.attach(container.id, AbortSignal.any([signal, context.signal])),
			);
			try {
				tellEnd(context, container, await follow(context, container, start, terminal));
			} finally {
				start.session.close();
			}
		});
	},
};
