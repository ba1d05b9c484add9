import type {AttachSession, Container, ExecResult} from '../engine/types.ts';
import {sanitise, sanitiseLog} from '../format/sanitise.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isRunning} from './container-states.ts';
import {converse, nextKey, notice} from './converse.ts';
import {createLeaveKeys, createLineInput} from './leave-keys.ts';
import {showError, showInfo} from './toasts.ts';
import type {Command, CommandContext, RawTerminal} from './types.ts';

/** Of what it has written before, to show where it stands. */
const lastLines = 10;

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
	{engine, signal}: CommandContext,
	{id}: Container,
	isTty: boolean,
	terminal: RawTerminal,
): Promise<void> => {
	let count = 0;
	try {
		for await (const {text} of engine.logs(id, {tail: lastLines, follow: false, isTty}, signal)) {
			await terminal.write(`${sanitiseLog(text)}\r\n`);
			count++;
		}
		if (count === 0) await terminal.write('\x1b[2m(it has written nothing yet)\x1b[m\r\n');
	} catch (error) {
		const words = error instanceof Error ? sanitise(error.message) : 'unknown';
		await terminal.write(`\x1b[2m(what it wrote before cannot be read: ${words})\x1b[m\r\n`);
	}
};

type Outcome = {readonly hasLeft: boolean; readonly result?: ExecResult};

const follow = async (
	context: CommandContext,
	container: Container,
	session: AttachSession,
	terminal: RawTerminal,
): Promise<Outcome> => {
	const {signal} = context;
	const {isTty} = session;
	const name = sanitise(container.name);
	await terminal.write(`${notice(`attached to ${name}: ${howToLeave(session)}`)}\r\n`);
	await showLastLines(context, container, isTty, terminal);
	if (isTty) {
		// Another size and back: what draws on a terminal draws itself anew.
		await session.resize(terminal.columns(), terminal.rows() + 1);
		await session.resize(terminal.columns(), terminal.rows());
	}
	const leaveKeys = createLeaveKeys();
	const lineInput = createLineInput();
	const ending = await converse({
		session,
		terminal,
		signal,
		isTty,
		onInput: (data, leave) => {
			const typed = isTty ? {...leaveKeys(data), echo: ''} : lineInput(data);
			if (typed.send.length > 0) session.write(typed.send);
			if (session.input === 'open' && typed.echo !== '') void terminal.write(typed.echo);
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
			const session = await context.engine.attach(container.id, context.signal);
			try {
				tellEnd(context, container, await follow(context, container, session, terminal));
			} finally {
				session.close();
			}
		});
	},
};
