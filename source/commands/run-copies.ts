import type {Created} from '../engine/calls/recreate-calls.ts';
import type {RunSpec} from '../engine/run-types.ts';
import type {ContainerId} from '../engine/types.ts';
import {createStartWatches} from './start-outcomes.ts';
import {nextStep, showError, showInfo, showSuccess, wordsOf} from './toasts.ts';
import type {CommandContext} from './types.ts';

export type Create = (spec: RunSpec) => Promise<Created>;

/** The list shows the new one, with the cursor on it. */
const land = ({store}: CommandContext, id: ContainerId): void => {
	const {ui} = store.getState();
	store.dispatch(
		...(ui.screen.kind === 'dashboard'
			? []
			: [{type: 'ui/screen-opened' as const, screen: {kind: 'dashboard' as const}}]),
		...(ui.lists.containers.filter === ''
			? []
			: [{type: 'ui/filter-cleared' as const, list: 'containers' as const}]),
		{type: 'ui/pane-focused', pane: 'containers'},
		{type: 'ui/landed', list: 'containers', key: id},
	);
};

/** What does not run must be seen all the same. */
const showStopped = ({store}: CommandContext): void => {
	if (store.getState().ui.isRunningOnly) store.dispatch({type: 'ui/running-only-toggled'});
};

const nameOf = (spec: RunSpec, id: ContainerId): string => spec.name ?? id.slice(0, 12);

/** What is known of it before the list has it. */
const newOne = (spec: RunSpec, id: ContainerId) => ({id, name: nameOf(spec, id), labels: {}});

/** Creates, starts and tells. @throws EngineError when it cannot be created */
export const runOne = async (context: CommandContext, spec: RunSpec, create: Create): Promise<void> => {
	const {engine, signal} = context;
	const {id, warnings} = await create(spec);
	for (const warning of warnings) showInfo(context, warning);
	land(context, id);
	const watches = createStartWatches(context, [], false);
	try {
		await watches.start(newOne(spec, id), () => engine.startContainer(id, signal));
		showSuccess(context, `${nameOf(spec, id)} runs`);
		watches.finish();
	} catch (error) {
		showStopped(context);
		showError(
			context,
			`${nameOf(spec, id)} was created but cannot start: ${wordsOf(error)}`,
			'it is selected: d removes it, u tries again',
		);
	}
};

/**
 * One after the other. What the first of them cannot do the others could not either: then they are not tried.
 * @throws EngineError when the first cannot be created: nothing was made
 */
export const runCopies = async (
	context: CommandContext,
	specs: readonly RunSpec[],
	create: Create,
): Promise<void> => {
	const {engine, store, signal} = context;
	const watches = createStartWatches(context, [], false);
	const running: string[] = [];
	const told = new Set<string>();
	for (const [index, spec] of specs.entries()) {
		store.dispatch({type: 'ui/form-progressed', text: `making ${index + 1} of ${specs.length}`});
		let id: ContainerId;
		try {
			const created = await create(spec);
			id = created.id;
			for (const warning of created.warnings) if (!told.has(warning)) showInfo(context, warning);
			for (const warning of created.warnings) told.add(warning);
		} catch (error) {
			if (index === 0) throw error;
			showError(
				context,
				`Cannot create ${spec.name ?? 'a copy'}: ${wordsOf(error)}`,
				nextStep(error, 'images.run'),
			);
			continue;
		}
		if (index === 0) land(context, id);
		try {
			await watches.start(newOne(spec, id), () => engine.startContainer(id, signal));
			running.push(nameOf(spec, id));
		} catch (error) {
			showStopped(context);
			const rest = index === 0 ? `; the other ${specs.length - 1} were not made` : '';
			showError(context, `${nameOf(spec, id)} was created but cannot start: ${wordsOf(error)}${rest}`);
			if (index === 0) return;
		}
	}
	watches.finish();
	const [first] = running;
	if (first === undefined) return;
	const names = running.length === 1 ? first : `${first} … ${running.at(-1)}`;
	showSuccess(context, `${running.length} of ${specs.length} copies run: ${names}`);
};
