import type {ImageId} from '../engine/types.ts';
import {shortId} from '../format/image-name.ts';
import type {BuildRow} from '../resources/build.ts';
import type {State, Transfer} from '../state/model.ts';
import {buildLanding} from '../state/selectors/build-cursor.ts';
import {openBuild, selectBuildRows} from '../state/selectors/build-rows.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {isEnded} from '../state/slices/transfers.ts';
import {offlineReason} from './container-actions.ts';
import {copyIds} from './copy.ts';
import {requestBuild} from './request-build.ts';
import type {Command, CommandContext} from './types.ts';

const cursorRow = (state: State): BuildRow | undefined => {
	const key = cursorRowKey(state, 'build');
	return key === undefined ? undefined : selectBuildRows(state).find(row => row.key === key);
};

/** The step under the cursor, or the one that the line under it belongs to. */
const cursorStep = (state: State): Extract<BuildRow, {kind: 'step'}> | undefined => {
	const stepId = cursorRow(state)?.stepId;
	const row = selectBuildRows(state).find(({key}) => key === stepId);
	return row?.kind === 'step' ? row : undefined;
};

const setFolded = ({store}: CommandContext, steps: readonly string[], isFolded: boolean): void => {
	const transfer = openBuild(store.getState());
	if (transfer !== undefined) store.dispatch({type: 'build/folded', id: transfer.id, steps, isFolded});
};

const land = ({store}: CommandContext, key: string): void => {
	store.dispatch({type: 'ui/landed', list: 'build', key});
};

const toggle = (context: CommandContext): void => {
	const step = cursorStep(context.store.getState());
	if (step === undefined || !step.hasOutput) return;
	if (step.isOpen) land(context, step.key);
	setFolded(context, [step.key], step.isOpen);
};

const unfold = (context: CommandContext): void => {
	const row = cursorRow(context.store.getState());
	if (row?.kind === 'step' && row.hasOutput && !row.isOpen) setFolded(context, [row.key], false);
	else context.store.dispatch({type: 'ui/moved', list: 'build', movement: {kind: 'lines', count: 1}});
};

const fold = (context: CommandContext): void => {
	const state = context.store.getState();
	const row = cursorRow(state);
	const step = cursorStep(state);
	if (row === undefined || step === undefined) return;
	land(context, step.key);
	if (row.kind === 'step' && step.isOpen) setFolded(context, [step.key], true);
};

const stepIds = (state: State): readonly string[] => openBuild(state)?.build?.steps.map(({id}) => id) ?? [];

/** The image that came of it, while it is there. */
const builtImage = (state: State): ImageId | undefined => {
	const transfer = openBuild(state);
	if (transfer?.status !== 'done') return undefined;
	return [...state.images.byId.keys()].find(id => id === transfer.build?.imageId);
};

const unbuilt = (state: State): string | undefined =>
	openBuild(state)?.status === 'done' ? undefined : 'it is not built';

const withoutSteps = (state: State): string | undefined =>
	cursorRow(state) === undefined ? 'no step has begun' : undefined;

const titleOf = ({job, build}: Transfer): string =>
	(job?.kind === 'build' ? job.tags[0] : undefined) ?? shortId(build?.imageId ?? '');

const foldCommands: readonly Command[] = [
	{
		id: 'build.toggle',
		scope: 'build',
		title: 'fold',
		help: 'Folds or unfolds what the step has printed',
		keys: ['space'],
		group: 'view',
		isKeyOnly: true,
		inFooter: 2,
		disabledReason: withoutSteps,
		run: toggle,
	},
	{
		id: 'build.unfold',
		scope: 'build',
		title: 'unfold',
		help: 'Unfolds what the step has printed, then goes into it',
		keys: ['right'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: withoutSteps,
		run: unfold,
	},
	{
		id: 'build.fold',
		scope: 'build',
		title: 'fold',
		help: 'Goes to the step that a line belongs to, then folds it',
		keys: ['left'],
		group: 'navigate',
		isKeyOnly: true,
		disabledReason: withoutSteps,
		run: fold,
	},
	{
		id: 'build.unfold-all',
		scope: 'build',
		title: 'unfold all',
		help: 'Unfolds every step',
		keys: ['+', '='],
		group: 'view',
		inFooter: 6,
		disabledReason: withoutSteps,
		run: context => {
			setFolded(context, stepIds(context.store.getState()), false);
		},
	},
	{
		id: 'build.fold-all',
		scope: 'build',
		title: 'fold all',
		help: 'Folds every step',
		keys: ['-'],
		group: 'view',
		inFooter: 7,
		disabledReason: withoutSteps,
		run: context => {
			const state = context.store.getState();
			const step = cursorStep(state);
			setFolded(context, stepIds(state), true);
			if (step !== undefined) land(context, step.key);
		},
	},
];

export const buildScreenCommands: readonly Command[] = [
	...foldCommands,
	{
		id: 'build.open',
		scope: 'build',
		title: 'open image',
		help: 'Opens the image once it is built; until then folds or unfolds the step',
		keys: ['enter'],
		group: 'view',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: state =>
			unbuilt(state) === undefined && builtImage(state) === undefined
				? 'the image is not in the list: it was removed'
				: undefined,
		run: context => {
			const state = context.store.getState();
			const [transfer, imageId] = [openBuild(state), builtImage(state)];
			if (transfer === undefined || imageId === undefined) toggle(context);
			else {
				const screen = {kind: 'image', imageId, tab: 'layers'} as const;
				context.store.dispatch({type: 'ui/screen-opened', screen, title: titleOf(transfer)});
			}
		},
	},
	{
		id: 'build.cancel',
		scope: 'build',
		title: 'cancel',
		help: 'Cancels the build; the engine ends the step that runs and removes its container',
		keys: ['x'],
		group: 'act',
		inFooter: 3,
		disabledReason: state => {
			const transfer = openBuild(state);
			return transfer === undefined || isEnded(transfer.status) ? 'the build is over' : undefined;
		},
		run: ({store}) => {
			const transfer = openBuild(store.getState());
			if (transfer !== undefined) store.dispatch({type: 'ui/transfer-cancelled', id: transfer.id});
		},
	},
	{
		id: 'build.again',
		scope: 'build',
		title: 'build again',
		help: 'Builds the same again',
		keys: ['r'],
		group: 'danger',
		inFooter: 4,
		disabledReason: state => {
			const transfer = openBuild(state);
			if (transfer === undefined) return 'the build was taken off the list';
			return isEnded(transfer.status) ? offlineReason(state) : 'it is still being built: x cancels';
		},
		run: context => {
			const job = openBuild(context.store.getState())?.job;
			if (job?.kind === 'build') requestBuild(context, job);
		},
	},
	{
		id: 'build.follow',
		scope: 'build',
		title: 'follow',
		help: 'Goes to the step that failed, else to the end, and stays there while more comes',
		keys: ['f'],
		group: 'navigate',
		inFooter: 5,
		disabledReason: withoutSteps,
		run: ({store}) => {
			store.dispatch(...buildLanding(store.getState()));
		},
	},
	{
		id: 'build.run',
		scope: 'build',
		title: 'run',
		help: 'Runs a container from the image that was built',
		keys: ['R'],
		group: 'danger',
		inFooter: 8,
		disabledReason: state => unbuilt(state) ?? offlineReason(state),
		run: ({store, invoke}) => {
			const transfer = openBuild(store.getState());
			const name = transfer?.job?.kind === 'build' ? transfer.job.tags[0] : undefined;
			const image = name ?? transfer?.build?.imageId;
			if (image !== undefined) invoke('images.run', {argument: image});
		},
	},
	{
		id: 'build.copy-id',
		scope: 'build',
		title: 'copy id',
		help: 'Copies the id of the image that was built',
		keys: ['y'],
		group: 'act',
		inFooter: 9,
		disabledReason: unbuilt,
		run: context => {
			const id = openBuild(context.store.getState())?.build?.imageId;
			if (id !== undefined) copyIds(context, [id]);
		},
	},
];
