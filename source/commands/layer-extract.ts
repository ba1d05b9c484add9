import process from 'node:process';
import {counted} from '../format/counted.ts';
import {shownPath} from '../layers/tree/paths.ts';
import type {State, Transfer} from '../state/model.ts';
import {type ExtractPlan, extractPlan} from '../state/selectors/extract-plan.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {chosenLayer} from '../state/selectors/layers-rows.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import type {ExtractTask} from '../state/views/image-jobs.ts';
import {checkTarget, leftOutText, present, replaceField} from './file-copies.ts';
import {pathsOf} from './layer-targets.ts';
import {imageReason} from './layer-view.ts';
import {localPath} from './local-path.ts';
import {transferEnd} from './pull.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

const whatOf = (state: State, targets: readonly string[]): string => {
	const [only, ...others] = pathsOf(state, targets);
	return only !== undefined && others.length === 0 ? `/${shownPath(only)}` : counted(targets.length, 'path');
};

const tellEnd = (context: CommandContext, transfer: Transfer): void => {
	const {reference, status, message, leftOutCount, fault} = transfer;
	const done = message === '' ? '0 files' : message;
	if (status === 'cancelled') showInfo(context, `${reference}: cancelled; written before that: ${done}`);
	else if (status === 'failed')
		showError(
			context,
			`Cannot extract ${reference}: ${fault?.message ?? 'no reason given'}; written before that: ${done}`,
		);
	else if (leftOutCount === 0) showSuccess(context, `${reference}: ${done} extracted`);
	if (leftOutCount > 0 && status !== 'cancelled')
		showError(context, `${reference}: ${done} extracted, ${leftOutCount} left out: ${leftOutText(transfer)}`);
};

/** The names that come to lie beside each other in the target. */
const topNames = ({entries}: ExtractPlan): readonly string[] =>
	entries.flatMap(({path}) => (path.includes('/') ? [] : [path]));

const checkNames = (names: readonly string[]): void => {
	const twice = names.find((name, index) => names.indexOf(name) !== index);
	if (twice !== undefined)
		throw new FormProblem(`two of them are called ${twice}: extract them one after the other`, 'to');
};

/** Asks for it, and tells its end. */
export const requestExtract = (context: CommandContext, reference: string, job: ExtractTask): void => {
	const id = `extract-${context.nextId()}`;
	context.store.dispatch({type: 'ui/transfer-requested', id, reference, job, at: context.clock.now()});
	transferEnd(context, id).then(
		transfer => tellEnd(context, transfer),
		() => undefined,
	);
};

export const extractCommand: Command = {
	id: 'tree.extract',
	scope: 'layerFiles',
	title: 'extract',
	help: 'Extracts the marked files and directories to a directory of this machine, with modes and times',
	keys: ['x'],
	group: 'act',
	inFooter: 0.14,
	argument: 'DIRECTORY',
	targets: state => targetsIn(state, 'layerFiles'),
	disabledReason: state =>
		targetsIn(state, 'layerFiles').length === 0 ? 'no file is shown' : imageReason(state),
	form: (state, {targets, argument}) =>
		argument === undefined
			? {
					title: `Extract ${whatOf(state, targets)} from ${state.layers?.title ?? 'the image'}`,
					action: 'Extract',
					fields: [
						{
							id: 'to',
							label: 'To the directory here',
							hint: 'it must be there',
							kind: 'text',
							initial: process.cwd(),
							check: present,
						},
						{
							id: 'only',
							label: `Only what layer ${chosenLayer(state) + 1} itself has`,
							hint: '',
							kind: 'toggle',
							initial: '',
						},
						replaceField,
					],
				}
			: undefined,
	run: async (context, {targets, values, argument}) => {
		const {store} = context;
		const state = store.getState();
		const view = selectTreeView(state);
		if (view === undefined || state.layers === undefined || targets.length === 0) return;
		const target = localPath(values?.to ?? argument ?? '.');
		const isReplacing = values?.replace === 'yes';
		const onlyLayer = values?.only === 'yes' ? view.choice.layer : undefined;
		const plan = extractPlan(view, targets.map(Number), onlyLayer);
		if (plan.entries.length === 0)
			throw new FormProblem(`layer ${view.choice.layer + 1} has nothing of it`, 'only');
		const names = topNames(plan);
		checkNames(names);
		await checkTarget(target, names, isReplacing);
		const {imageId, title} = state.layers;
		store.dispatch({type: 'ui/marks-set', list: 'layerFiles', keys: []});
		requestExtract(context, `${title}:${whatOf(state, targets)} → ${target}`, {
			kind: 'extract',
			imageId,
			target,
			isReplacing,
			...plan,
		});
	},
};
