import {basename} from 'node:path';
import {sanitise} from '../format/sanitise.ts';
import type {State} from '../state/model.ts';
import {inspectorCommand, needsTree} from './layers-scopes.ts';
import {localPath} from './local-path.ts';
import {showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';
import {checkTarget, write} from './write-file.ts';

/** What the file holds may be for few to see. */
const ownerOnly = 0o600;

const needsAll = (state: State): string | undefined => {
	const missing = needsTree(state);
	if (missing !== undefined) return missing;
	return state.layers?.identity === undefined || state.layers.tree?.isComplete !== true
		? 'not all of the image was read'
		: undefined;
};

/** A file's name from the image's: `shop-api-1.4.layers.json`. */
const proposal = ({layers}: State): string => {
	const name = sanitise(layers?.title ?? 'image').replaceAll(/[^\w.-]+/g, '-');
	return `${basename(name)}.layers.json`;
};

const exportTo = async (
	{store, signal}: CommandContext,
	path: string,
	hasFiles: boolean,
): Promise<boolean> => {
	const {layers} = store.getState();
	if (layers?.tree === undefined || layers.identity === undefined) return false;
	const {tree, identity, title, isBaseLeftOut} = layers;
	// Loaded when it is asked for.
	const [{imageReportOf}, {exportJson}] = await Promise.all([
		import('../layers/reports/image-report.ts'),
		import('../layers/reports/export.ts'),
	]);
	const report = imageReportOf(title, {tree, identity}, {isBaseExcluded: isBaseLeftOut});
	await write(path, exportJson(report, {hasFiles}), signal, ownerOnly);
	return true;
};

export const exportCommands = inspectorCommand({
	name: 'export',
	title: 'export',
	help: 'Writes layers, waste and findings to a file as JSON; with every file of each layer if wanted',
	keys: ['J'],
	group: 'act',
	inFooter: 0.9,
	argument: 'FILE',
	disabledReason: needsAll,
	form: (state, {argument}) => ({
		title: 'Export as JSON',
		action: 'Export',
		fields: [
			{
				id: 'path',
				label: 'File',
				hint: 'a path on this machine',
				kind: 'text',
				initial: argument ?? proposal(state),
				check: value => (value.trim() === '' ? 'a file needs a name' : undefined),
			},
			{id: 'files', label: 'Every file', hint: 'of each layer', kind: 'toggle', initial: ''},
			{id: 'overwrite', label: 'Overwrite', hint: 'a file that is there', kind: 'toggle', initial: ''},
		],
	}),
	run: async (context, {values = {}}) => {
		const path = localPath(values.path ?? '');
		await checkTarget(path, values.overwrite === 'yes');
		if (await exportTo(context, path, values.files === 'yes')) showSuccess(context, `exported to ${path}`);
	},
});
