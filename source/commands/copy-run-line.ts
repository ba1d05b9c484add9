import {writeFile} from 'node:fs/promises';
import {sanitise} from '../format/sanitise.ts';
import type {State} from '../state/model.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {chosenContainers, containerReason, containerTargets} from './container-actions.ts';
import {showError, showSuccess, wordsOf} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

type Lines = {
	readonly text: string;
	/** One sentence for each container of which not all could be said. */
	readonly warnings: readonly string[];
	readonly what: string;
};

/** The lines of the containers, each its own; read from the engine now. */
const linesOf = async (
	{engine, store, signal}: CommandContext,
	targets: readonly string[],
): Promise<Lines> => {
	const containers = containersNamed(store.getState(), targets);
	const lines: string[] = [];
	const warnings: string[] = [];
	for (const {id, name} of containers) {
		const blueprint = await engine.blueprint(id, signal);
		const {line, unsaid} = engine.runLine(blueprint);
		lines.push(line);
		if (unsaid.length > 0) warnings.push(`docker run cannot say of ${name}: ${unsaid.join(', ')}`);
		if (blueprint.imageIs !== 'same') warnings.push(imageWarning(name, blueprint.image, blueprint.imageIs));
	}
	const [only] = containers;
	const what =
		containers.length === 1 && only !== undefined
			? `the docker run line of ${only.name}`
			: `${containers.length} docker run lines`;
	return {text: lines.join('\n'), warnings, what};
};

const imageWarning = (name: string, image: string, imageIs: 'moved' | 'gone'): string =>
	imageIs === 'moved'
		? `${image} now names another image than the one that ${name} was made from`
		: `${image}, as the image of ${name} is called, is no longer here`;

const tellWarnings = (context: CommandContext, {warnings}: Lines): void => {
	for (const warning of warnings) showError(context, warning);
};

const noneReason = (state: State): string | undefined =>
	chosenContainers(state).length === 0 ? 'no container is selected' : containerReason()(state);

export const copyRunLineCommand: Command = {
	id: 'containers.copy-run',
	scope: 'containers',
	title: 'copy run',
	help: 'Copies the docker run line that makes an equivalent container (OSC 52)',
	keys: ['Y'],
	group: 'act',
	targets: containerTargets,
	disabledReason: noneReason,
	run: async (context, {targets}) => {
		const lines = await linesOf(context, targets);
		if (context.terminal.copy(lines.text)) showSuccess(context, `copied ${lines.what}`);
		else
			showError(
				context,
				`${lines.what}: ${lines.text.length} characters are more than a terminal takes into its clipboard`,
				':run-line shows it, :run-line FILE writes it to a file',
			);
		tellWarnings(context, lines);
	},
};

/** Full width and unbroken, so that it can be taken with the mouse; any key leads back. */
const show = async ({terminal}: CommandContext, {text, warnings}: Lines): Promise<void> => {
	await terminal.suspend(async raw => {
		const notes = warnings.map(warning => `# ${sanitise(warning)}`);
		const shown = [...text.split('\n').map(sanitise), '', ...notes, 'Any key leads back to Gantry.'];
		await raw.write(`${shown.join('\r\n')}\r\n`);
		await new Promise<void>(resolve => {
			const stop = raw.onInput(() => {
				stop();
				resolve();
			});
		});
	});
};

/** Environment variables may be secrets: for the owner alone, and never over a file that is there. */
const save = async (path: string, {text, warnings}: Lines): Promise<void> => {
	const notes = warnings.map(warning => `# ${warning.replaceAll('\n', ' ')}\n`).join('');
	try {
		await writeFile(path, `#!/bin/sh\n${notes}${text}\n`, {flag: 'wx', mode: 0o700});
	} catch (error) {
		throw new FormProblem(`cannot write ${path}: ${wordsOf(error)}`);
	}
};

export const runLineCommand: Command = {
	id: 'containers.run-line',
	scope: 'containers',
	title: 'run line',
	help: 'Shows the docker run line to take with the mouse, or writes it to a file',
	keys: [],
	group: 'act',
	argument: 'FILE',
	targets: containerTargets,
	disabledReason: noneReason,
	run: async (context, {targets, argument}) => {
		const lines = await linesOf(context, targets);
		if (argument === undefined) {
			await show(context, lines);
			return;
		}
		await save(argument, lines);
		showSuccess(context, `wrote ${lines.what} to ${argument}`);
		tellWarnings(context, lines);
	},
};
