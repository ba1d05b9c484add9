import type {ContainerLimits, LimitsChange} from '../engine/run-types.ts';
import type {Container} from '../engine/types.ts';
import {counted} from '../format/counted.ts';
import {bytesField, isNoLimit} from '../format/limit-fields.ts';
import type {State} from '../state/model.ts';
import type {CommandInput, FormSpec} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {containerReason, containerTargets, namesOf} from './container-actions.ts';
import {type LimitField, limitFields, type MachineFacts} from './limit-fields.ts';
import {workThrough} from './on-each.ts';
import {showInfo, showSuccess, wordsOf} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

type Edit = {readonly field: LimitField; readonly text: string};

const unknownMachine: MachineFacts = {memoryBytes: 0, cpus: 1};

const nothingSet: ContainerLimits = {
	memoryBytes: 0,
	reservationBytes: 0,
	memorySwapBytes: 0,
	nanoCpus: 0,
	cpuQuota: 0,
	cpuPeriod: 0,
	cpuShares: 0,
	cpuset: '',
	pidsLimit: 0,
	restart: {name: 'no'},
};

const machineOf = ({engine}: State): MachineFacts => engine.info ?? unknownMachine;

const differing = (id: string): string => `${id} differs`;

/** What all of them have in common; a field in which they differ is left empty, and its hint tells the values. */
const common = (all: readonly ContainerLimits[]): Readonly<Record<string, string>> =>
	Object.fromEntries(
		limitFields.flatMap(({id, read}) => {
			const values = [...new Set(all.map(read))];
			const [only] = values;
			if (values.length === 1) return [[id, only ?? '']];
			const told = values.slice(0, 4).map(value => (value === '' ? 'not set' : value));
			return [
				[id, ''],
				[differing(id), `they differ: ${told.join(', ')}${values.length > 4 ? ' …' : ''}`],
			];
		}),
	);

const formOf = (state: State, input: CommandInput): FormSpec | undefined => {
	const chosen = containersNamed(state, input.targets);
	if (chosen.length === 0) return undefined;
	const machine = machineOf(state);
	return {
		title: `Limits of ${chosen.length === 1 ? namesOf(chosen) : `${counted(chosen.length, 'container')}: ${namesOf(chosen)}`}`,
		action: 'Change',
		fields: limitFields.map(({id, label, hint, change}) => {
			const initial = input.prefill?.[id] ?? '';
			return {
				id,
				label,
				hint: input.prefill?.[differing(id)] ?? hint,
				kind: 'text',
				initial,
				check: value => {
					// Whether a limit can be taken away is for each container to say.
					if (value.trim() === initial || isNoLimit(value)) return undefined;
					const parsed = change(value, nothingSet, machine);
					return parsed.ok ? undefined : parsed.reason;
				},
			};
		}),
	};
};

const editsOf = ({values = {}, prefill = {}}: CommandInput): readonly Edit[] =>
	limitFields.flatMap(field => {
		const text = values[field.id] ?? '';
		return text === (prefill[field.id] ?? '') ? [] : [{field, text}];
	});

/**
 * What an engine has to be told so that this container gets what was typed.
 * @throws FormProblem naming the field and the rule
 */
export const changeFor = (
	edits: readonly Edit[],
	now: ContainerLimits,
	machine: MachineFacts,
): LimitsChange => {
	let change: LimitsChange = {};
	for (const {field, text} of edits) {
		const parsed = field.change(text, now, machine);
		if (!parsed.ok) throw new FormProblem(parsed.reason, field.id);
		change = {...change, ...parsed.value};
	}
	return withSwap(change, now);
};

/**
 * An engine takes a limit of memory alone only where a limit of both is set and is not below it. Where none is set,
 * it becomes what `docker run --memory` makes it: twice the memory.
 */
const withSwap = (change: LimitsChange, now: ContainerLimits): LimitsChange => {
	const memory = change.memoryBytes ?? now.memoryBytes;
	const swap =
		change.memorySwapBytes ??
		(now.memorySwapBytes === 0 && change.memoryBytes !== undefined ? 2 * memory : now.memorySwapBytes);
	if (swap > 0 && swap < memory) {
		throw new FormProblem(
			`memory and swap together are ${bytesField(swap)}, less than the memory alone (${bytesField(memory)})`,
			'swap',
		);
	}
	return change.memoryBytes === undefined ? change : {...change, memorySwapBytes: swap};
};

const describe = (edits: readonly Edit[]): string =>
	edits
		.map(({field, text}) => `${field.label.toLowerCase()} ${isNoLimit(text) ? field.unset : text}`)
		.join(', ');

/** The engine names a container by all of its id. */
const withName = (words: string, {id, name}: Container): string => words.replaceAll(id, name);

const apply = async (
	context: CommandContext,
	chosen: readonly Container[],
	edits: readonly Edit[],
): Promise<void> => {
	const {engine, signal, store} = context;
	const byId = new Map(chosen.map(container => [String(container.id), container]));
	const failures = await workThrough(
		context,
		[[...byId.keys()]],
		{kind: 'container', verb: 'updating'},
		async target => {
			const container = byId.get(target);
			if (container === undefined) return;
			const now = await engine.containerLimits(container.id, signal);
			const change = changeFor(edits, now, machineOf(store.getState()));
			const warnings = await engine.updateContainer(container.id, change, signal);
			for (const warning of warnings) showInfo(context, `${container.name}: ${warning}`);
		},
	);
	const done = chosen.length - failures.length;
	if (done > 0) {
		const what = chosen.length === 1 ? namesOf(chosen) : `${done} of ${chosen.length} containers`;
		showSuccess(context, `${what}: ${describe(edits)}`);
	}
	if (failures.length === 0) return;
	const [first] = failures;
	const [only] = chosen;
	if (first !== undefined && only !== undefined && chosen.length === 1) {
		throw first.error instanceof FormProblem
			? first.error
			: new FormProblem(withName(wordsOf(first.error), only));
	}
	const told = failures.map(({target, error}) => {
		const container = byId.get(target);
		return container === undefined
			? wordsOf(error)
			: `${container.name}: ${withName(wordsOf(error), container)}`;
	});
	throw new FormProblem(told.join('; '));
};

export const limitsCommand: Command = {
	id: 'containers.limits',
	scope: 'containers',
	title: 'limits',
	help: 'Changes memory, swap, CPUs, processes and the restart policy of a container, running or not',
	keys: ['L'],
	group: 'danger',
	inFooter: 31,
	targets: containerTargets,
	disabledReason: containerReason(),
	prefill: async ({engine, store, signal}, {targets}) => {
		const chosen = containersNamed(store.getState(), targets);
		return common(await Promise.all(chosen.map(({id}) => engine.containerLimits(id, signal))));
	},
	form: formOf,
	run: async (context, input) => {
		const chosen = containersNamed(context.store.getState(), input.targets);
		if (chosen.length === 0) throw new FormProblem('it was removed meanwhile');
		const edits = editsOf(input);
		if (edits.length === 0) showInfo(context, 'limits: nothing was changed');
		else await apply(context, chosen, edits);
	},
};
