import {formatSize} from '../format/bytes.ts';
import {parseChanges} from '../format/commit-fields.ts';
import {parseReference, shortId} from '../format/image-name.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {imageNamed} from '../state/selectors/images.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isActive} from './container-states.ts';
import {workThrough} from './on-each.ts';
import {referenceOf} from './pull.ts';
import {showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

/** One line that names the value and the rule: a new image gets a name, never a digest. */
export const checkNewName = (value: string): string | undefined => {
	const parsed = parseReference(value.trim());
	if (!parsed.ok) return parsed.reason;
	return parsed.value.digest === undefined
		? undefined
		: `"${value.trim()}": a digest is computed, not given; name the image repository:tag`;
};

const checkChanges = (value: string): string | undefined => {
	const parsed = parseChanges(value);
	return parsed.ok ? undefined : parsed.reason;
};

/** The size is told where it can be had; the image is there either way. */
const sizeOf = async ({engine, signal}: CommandContext, id: Parameters<typeof engine.imageSize>[0]) => {
	try {
		return `, ${formatSize(await engine.imageSize(id, signal))}`;
	} catch {
		return '';
	}
};

export const commitCommand: Command = {
	id: 'containers.commit',
	scope: 'containers',
	title: 'commit',
	help: "Makes an image of the container's files as they are now",
	keys: ['c'],
	group: 'danger',
	inFooter: 32,
	argument: 'IMAGE',
	targets: containerTargets,
	disabledReason: singleReason(),
	form: (state, input) => {
		const [container] = containersNamed(state, input.targets);
		if (container === undefined) return undefined;
		return {
			title: `Commit ${container.name} to an image`,
			action: 'Commit',
			fields: [
				{
					id: 'reference',
					label: 'Image',
					hint: 'repository:tag, the tag is latest when not given',
					kind: 'text',
					initial: input.argument ?? '',
					check: checkNewName,
				},
				{id: 'message', label: 'Message', hint: 'what has changed', kind: 'text', initial: ''},
				{id: 'author', label: 'Author', hint: 'name <address>', kind: 'text', initial: ''},
				{
					id: 'changes',
					label: 'Changes',
					hint: 'CMD ["nginx"]; ENV A=b; USER www',
					kind: 'text',
					initial: '',
					check: checkChanges,
				},
				{
					id: 'pause',
					label: 'Pause',
					hint: isActive(container) ? 'it is frozen while it is saved' : 'it does not run: nothing to freeze',
					kind: 'toggle',
					initial: 'yes',
				},
				{
					id: 'move',
					label: 'Move tag',
					hint: 'take the name from an image that has it',
					kind: 'toggle',
					initial: '',
				},
			],
		};
	},
	run: async (context, input) => {
		const {engine, signal, store} = context;
		const {values = {}} = input;
		const [container] = containersNamed(store.getState(), input.targets);
		if (container === undefined) throw new FormProblem('it was removed meanwhile');
		const reference = referenceOf(values.reference ?? '', 'reference');
		const holder = imageNamed(store.getState(), reference);
		if (holder !== undefined && values.move !== 'yes') {
			const problem = `${reference} names image ${shortId(holder.id)} already: switch this on, or choose another name`;
			throw new FormProblem(problem, 'move');
		}
		const changes = parseChanges(values.changes ?? '');
		if (!changes.ok) throw new FormProblem(changes.reason, 'changes');
		const spec = {
			reference,
			message: values.message ?? '',
			author: values.author ?? '',
			isPausing: values.pause === 'yes',
			changes: changes.value,
		};
		const [failure] = await workThrough(
			context,
			[[container.id]],
			{kind: 'container', verb: 'committing'},
			async () => {
				const id = await engine.commitContainer(container.id, spec, signal);
				showSuccess(
					context,
					`${container.name} committed to ${reference}: ${shortId(id)}${await sizeOf(context, id)}`,
				);
			},
		);
		if (failure !== undefined) throw failure.error;
	},
};
