import {describeSignal, parseSignal} from '../format/signal-name.ts';
import type {CommandInput} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {argumentForm, argumentOf} from './argument-form.ts';
import {
	actOnContainers,
	askBefore,
	type ContainerWork,
	containerReason,
	containerTargets,
	titleOf,
} from './container-actions.ts';
import {isActive} from './container-states.ts';
import {type Command, FormProblem} from './types.ts';

const another = 'another';

/** The signals worth offering; the engine takes every other one by its name or number. */
const offered: readonly {readonly id: string; readonly label: string; readonly note: string}[] = [
	{id: 'SIGTERM', label: 'SIGTERM', note: 'please end'},
	{id: 'SIGKILL', label: 'SIGKILL', note: 'end at once, without a word'},
	{id: 'SIGINT', label: 'SIGINT', note: 'as ctrl-c'},
	{id: 'SIGHUP', label: 'SIGHUP', note: 'often: read the configuration again'},
	{id: 'SIGQUIT', label: 'SIGQUIT', note: 'often: end with a dump'},
	{id: 'SIGUSR1', label: 'SIGUSR1', note: 'what the program makes of it'},
	{id: 'SIGUSR2', label: 'SIGUSR2', note: 'what the program makes of it'},
	{id: 'SIGSTOP', label: 'SIGSTOP', note: 'halt'},
	{id: 'SIGCONT', label: 'SIGCONT', note: 'go on after a halt'},
	{id: 'SIGWINCH', label: 'SIGWINCH', note: 'often: end gracefully (Apache)'},
	{id: another, label: 'another…', note: 'by its name or number'},
];

/** What is sent, as the engine takes it; nothing while none, or no right one, is chosen. */
const signalOf = (input: CommandInput): string | undefined => {
	const parsed = parseSignal(input.values?.signal ?? argumentOf(input) ?? '');
	return parsed.ok ? parsed.value : undefined;
};

const killing = (signalName: string): ContainerWork => ({
	id: 'containers.kill',
	verb: signalName === 'SIGKILL' || signalName === '9' ? 'killing' : 'signalling',
	done: `got ${describeSignal(signalName)}`,
	infinitive: `send ${describeSignal(signalName)} to`,
	applies: isActive,
	order: 'dependencies-last',
});

export const killCommand: Command = {
	id: 'containers.kill',
	scope: 'containers',
	title: 'kill',
	help: 'Sends a signal of your choice to the main process',
	keys: ['K'],
	group: 'danger',
	inFooter: 21,
	argument: 'SIGNAL',
	targets: containerTargets,
	disabledReason: containerReason(isActive, 'it does not run'),
	form: (state, input) =>
		argumentForm(input, parseSignal, {
			title: `Signal for ${titleOf(state, containersNamed(state, input.targets))}`,
			action: 'Send',
			label: 'Signal',
			hint: 'HUP, SIGUSR1, RTMIN+3, 10',
		}),
	choice: (state, input) =>
		input.argument === undefined
			? {
					title: `Signal for ${titleOf(state, containersNamed(state, input.targets))}`,
					field: 'signal',
					items: offered,
					initial: 'SIGKILL',
				}
			: undefined,
	confirm: (state, input) => {
		const signalName = signalOf(input);
		return signalName === undefined
			? undefined
			: askBefore(`Send ${describeSignal(signalName)} to`, {applies: isActive})(state, input);
	},
	run: async (context, input) => {
		const {engine, signal} = context;
		if (input.values?.signal === another) {
			context.invoke('containers.kill', {targets: input.targets, argument: ''});
			return;
		}
		const parsed = parseSignal(input.values?.signal ?? argumentOf(input) ?? '');
		if (!parsed.ok) throw new FormProblem(parsed.reason, 'argument');
		await actOnContainers(context, input.targets, killing(parsed.value), async ({id}) =>
			engine.killContainer(id, parsed.value, signal),
		);
	},
};
