import {BuildPlaceError, findBuildPlace} from '../engine/build/dockerfile.ts';
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

export const buildCommands: readonly Command[] = [buildCommand, ...buildScreenCommands];
