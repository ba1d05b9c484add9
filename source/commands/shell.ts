import type {Engine} from '../engine/engine.ts';
import type {Container} from '../engine/types.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isRunning} from './container-states.ts';
import {showError, showInfo} from './toasts.ts';
import type {Command, CommandContext, RawTerminal} from './types.ts';

/** Chosen inside the container: bash where there is one, else sh. */
const shell = ['/bin/sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'];

type Outcome = {readonly exitCode: number | undefined; readonly hasTyped: boolean};

/** Bytes both ways between the person and the process until the process ends. */
const converse = async (
	engine: Engine,
	container: Container,
	terminal: RawTerminal,
	signal: AbortSignal,
): Promise<Outcome> => {
	let hasTyped = false;
	const size = {columns: terminal.columns(), rows: terminal.rows()};
	const session = await engine.exec(container.id, {command: shell, ...size}, signal);
	const stopInput = terminal.onInput(data => {
		hasTyped = true;
		session.write(data);
	});
	const stopResize = terminal.onResize(() => {
		// A refused resize leaves the old size: the session itself is not harmed.
		session.resize(terminal.columns(), terminal.rows()).catch(() => undefined);
	});
	try {
		for await (const chunk of session.output) await terminal.write(chunk);
		return {...(await session.result()), hasTyped};
	} finally {
		stopInput();
		stopResize();
		session.close();
	}
};

const tellEnd = (context: CommandContext, container: Container, {exitCode, hasTyped}: Outcome): void => {
	// A shell hands on the code of its last command: only one that nobody typed into did not start.
	if (!hasTyped && (exitCode === 126 || exitCode === 127)) {
		showError(context, `${container.name} has no shell that could be started (exit code ${exitCode})`);
	} else {
		showInfo(
			context,
			`shell in ${container.name} ended${exitCode === undefined ? '' : ` with exit code ${exitCode}`}`,
		);
	}
};

export const shellCommand: Command = {
	id: 'containers.shell',
	scope: 'containers',
	title: 'shell',
	help: 'Opens a shell inside the container: bash, else sh',
	keys: ['e'],
	group: 'danger',
	inFooter: 5,
	targets: containerTargets,
	disabledReason: singleReason(isRunning, 'it does not run'),
	run: async (context, input) => {
		const [container] = containersNamed(context.store.getState(), input.targets);
		if (container === undefined) return;
		let outcome: Outcome | undefined;
		await context.terminal.suspend(async terminal => {
			outcome = await converse(context.engine, container, terminal, context.signal);
		});
		if (outcome !== undefined) tellEnd(context, container, outcome);
	},
};
