import {BuildPlaceError, findBuildPlace} from '../engine/build/dockerfile.ts';
import type {State, Transfer} from '../state/model.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {buildForm, buildTaskOf} from './build-form.ts';
import {buildScreenCommands} from './build-screen.ts';
import {offlineReason} from './container-actions.ts';
import {requestBuild} from './request-build.ts';
import {type Command, FormProblem} from './types.ts';

/** @throws FormProblem at the field of what is not there */
const checkPlace = async (directory: string, dockerfile: string): Promise<void> => {
	try {
		await findBuildPlace(directory, dockerfile);
	} catch (error) {
		if (error instanceof BuildPlaceError) throw new FormProblem(error.message, error.part);
		throw error;
	}
};

const buildCommand: Command = {
	id: 'images.build',
	scope: 'images',
	title: 'build',
	help: 'Builds an image from a directory here, its steps shown as they run',
	keys: ['b'],
	group: 'danger',
	inFooter: 9,
	argument: 'DIR',
	disabledReason: offlineReason,
	form: ({ui}, {argument}) => buildForm(ui.buildForm, argument),
	run: async (context, {values = {}}) => {
		const task = buildTaskOf(values);
		// Resolved, so that the next form means the same directory.
		const form = {...values, directory: task.directory};
		context.store.dispatch({type: 'build/remembered', form});
		await checkPlace(task.directory, task.dockerfile);
		requestBuild(context, task);
	},
};

/** The one build that is chosen among the transfers. */
const chosenBuild = (state: State): Transfer | undefined => {
	const [id, ...others] = targetsIn(state, 'transfers');
	const transfer = id === undefined || others.length > 0 ? undefined : state.transfers.get(id);
	return transfer?.kind === 'build' ? transfer : undefined;
};

const openCommand: Command = {
	id: 'transfers.open',
	scope: 'transfers',
	title: 'steps',
	help: 'Shows the steps of a build, with what they print',
	keys: ['enter'],
	group: 'view',
	inFooter: 0.5,
	targets: state => targetsIn(state, 'transfers'),
	disabledReason: state => (chosenBuild(state) === undefined ? 'only a build has more to show' : undefined),
	run: ({store}, {targets: [transferId]}) => {
		if (transferId === undefined) return;
		store.dispatch({type: 'ui/screen-opened', screen: {kind: 'build', transferId}});
	},
};

export const buildCommands: readonly Command[] = [buildCommand, openCommand, ...buildScreenCommands];
