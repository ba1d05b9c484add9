import {quoteWord, splitWords} from '../format/shell-words.ts';
import type {FieldSpec} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isRunning} from './container-states.ts';
import {tellExecEnd} from './exec-end.ts';
import {commandLine, type ExecEnding, type ExecRequest, runExec} from './exec-run.ts';
import {answered, environment, optional, text} from './run-form.ts';
import {showError} from './toasts.ts';
import {type Command, FormProblem} from './types.ts';

const shellNames: ReadonlySet<string> = new Set([
	'sh',
	'bash',
	'ash',
	'dash',
	'zsh',
	'fish',
	'ksh',
	'cmd',
	'cmd.exe',
	'powershell',
	'powershell.exe',
	'pwsh',
]);

/** A shell that takes commands from the terminal: who leaves it has read what it showed. */
const isInteractive = ([program = '', ...rest]: readonly string[]): boolean =>
	shellNames.has(program.split(/[\\/]/).at(-1) ?? '') && rest.every(word => /^-[il]+$|^--login$/.test(word));

const checkCommand = (value: string): string | undefined => {
	const split = splitWords(value);
	if (!split.ok) return split.reason;
	return split.value.length === 0 ? 'a program and its arguments, e.g. ls -l /' : undefined;
};

const fields = (command: string): readonly FieldSpec[] => [
	text('command', 'Command', 'split into words as by a shell, and run without one', checkCommand, command),
	text('user', 'User', "the container's own; name or id, with :group if need be", undefined),
	text('folder', 'Directory', "the container's own; an absolute path", value =>
		value.trim() === '' || /^([/\\]|[A-Za-z]:)/.test(value.trim())
			? undefined
			: 'an absolute path, beginning with /',
	),
	text('env', 'Environment', 'KEY=value OTHER="two words"', optional(environment)),
];

/** @throws FormProblem naming the field */
const requestOf = (values: Readonly<Record<string, string>>): ExecRequest => {
	const command = answered(values, 'command', splitWords) ?? [];
	if (command.length === 0) throw new FormProblem('a program and its arguments, e.g. ls -l /', 'command');
	const env = answered(values, 'env', environment);
	return {
		command,
		...(values.user ? {user: values.user} : {}),
		...(values.folder ? {workingDirectory: values.folder} : {}),
		...(env === undefined ? {} : {environment: env}),
	};
};

export const execCommand: Command = {
	id: 'containers.exec',
	scope: 'containers',
	title: 'exec',
	help: 'Runs a command inside the container, as another user, elsewhere or with other variables if wanted',
	keys: ['!'],
	group: 'danger',
	inFooter: 31,
	argument: 'COMMAND',
	targets: containerTargets,
	disabledReason: singleReason(isRunning, 'it does not run'),
	form: (state, {targets, argument = ''}) => {
		const [container] = containersNamed(state, targets);
		if (container === undefined || (argument !== '' && checkCommand(argument) === undefined))
			return undefined;
		return {title: `Run a command in ${container.name}`, action: 'Run', fields: fields(argument)};
	},
	run: async (context, input) => {
		const [container] = containersNamed(context.store.getState(), input.targets);
		if (container === undefined) return;
		const request = requestOf(input.values ?? {command: input.argument ?? ''});
		const line = commandLine(request);
		const isOneShot = !isInteractive(request.command);
		let ending: ExecEnding | undefined;
		await context.terminal.suspend(async terminal => {
			ending = await runExec({context, container, request, what: line, isOneShot}, terminal);
		});
		if (ending === undefined) return;
		if (ending.kind === 'not-started') {
			const problem = `${quoteWord(request.command[0] ?? '')} could not be started: ${ending.words}`;
			if (input.values !== undefined) throw new FormProblem(problem, 'command');
			showError(context, `${container.name}: ${problem}`);
		} else await tellExecEnd(context, container, line, ending);
	},
};
