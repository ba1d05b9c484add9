import type {Container} from '../engine/types.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isRunning} from './container-states.ts';
import {tellExecEnd} from './exec-end.ts';
import {type ExecEnding, runExec} from './exec-run.ts';
import {showError} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/**
 * What is tried, in this order. The first chooses inside the container: bash where there is one, else sh itself.
 * Both are looked for on the container's own PATH: debug images have theirs in /busybox.
 */
const unixShells: readonly (readonly string[])[] = [
	['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash; exec sh'],
	['bash'],
];
const windowsShells: readonly (readonly string[])[] = [['powershell.exe'], ['cmd.exe']];

const openShell = async (
	context: CommandContext,
	container: Container,
	shells: readonly (readonly string[])[],
	user: string | undefined,
): Promise<ExecEnding | undefined> => {
	let ending: ExecEnding | undefined;
	await context.terminal.suspend(async terminal => {
		for (const command of shells) {
			const request = {command, ...(user !== undefined && {user})};
			const next = await runExec({context, container, request, what: 'shell', isOneShot: false}, terminal);
			// Of several that are not there the first one's words say most.
			ending = next.kind === 'not-started' ? (ending ?? next) : next;
			if (next.kind !== 'not-started') return;
			await terminal.write('\x1b[m\x1b[2J\x1b[H');
		}
	});
	return ending;
};

export const shellCommand: Command = {
	id: 'containers.shell',
	scope: 'containers',
	title: 'shell',
	help: 'Opens a shell inside the container: bash, else sh; :shell USER as another user',
	keys: ['e'],
	group: 'danger',
	inFooter: 5,
	argument: 'USER',
	targets: containerTargets,
	disabledReason: singleReason(isRunning, 'it does not run'),
	run: async (context, input) => {
		const state = context.store.getState();
		const [container] = containersNamed(state, input.targets);
		if (container === undefined) return;
		const shells = state.engine.info?.osType === 'windows' ? windowsShells : unixShells;
		const ending = await openShell(context, container, shells, input.argument);
		if (ending?.kind === 'not-started') {
			const tried = shells.map(([program]) => program).join(' and ');
			showError(
				context,
				`${container.name} has no shell that could be started: tried ${tried} (${ending.words})`,
				'! or :exec COMMAND runs a program that the image has',
			);
		} else if (ending !== undefined) await tellExecEnd(context, container, 'shell', ending);
	},
};
