import {shownPath} from '../layers/tree/paths.ts';
import type {NodeFacts} from '../layers/tree/view.ts';
import type {State} from '../state/model.ts';
import {contentPlace} from '../state/selectors/extract-plan.ts';
import {cursorFacts} from '../state/selectors/layer-cursor.ts';
import {selectTreeView} from '../state/selectors/layer-tree.ts';
import {isImageGone} from '../state/selectors/layers-status.ts';
import {contentOf} from '../state/slices/file-content.ts';
import {offlineReason} from './container-actions.ts';
import type {Command, CommandContext} from './types.ts';

/** Why nothing more can be had of the image. */
export const imageReason = (state: State): string | undefined =>
	isImageGone(state) ? 'the image was removed' : offlineReason(state);

const unreadable: {readonly [Kind in NodeFacts['kind']]?: string} = {
	directory: 'it is a directory',
	symlink: 'it is a link: what it leads to is somewhere else',
	fifo: 'it is a pipe',
	'character-device': 'it is a device',
	'block-device': 'it is a device',
	whiteout: 'it is nothing but a mark that something was removed',
};

const reasonAgainst = (state: State): string | undefined => {
	const facts = cursorFacts(state);
	if (facts === undefined) return 'no file is shown';
	return unreadable[facts.kind] ?? imageReason(state);
};

/** Shows the content of the file under the cursor, as the layer has it that it is from. */
export const openFile = (context: CommandContext): void => {
	const state = context.store.getState();
	const facts = cursorFacts(state);
	const view = selectTreeView(state);
	if (facts === undefined || view === undefined || reasonAgainst(state) !== undefined) return;
	const place = contentPlace(view, facts);
	if (place === undefined) return;
	const {sizeBytes, mode, uid, gid, modifiedAt} = facts;
	const shown = `/${shownPath(facts.path)}`;
	const content = contentOf(shown, {name: shown, kind: 'file', sizeBytes, mode, uid, gid, modifiedAt});
	context.store.dispatch({
		type: 'layers/viewed',
		viewed: {...place, content, readBytes: 0, startedAt: state.now},
	});
};

export const viewCommand: Command = {
	id: 'tree.view',
	scope: 'layerFiles',
	title: 'view',
	help: 'Shows the content of the file as the layer has it: text, or bytes',
	keys: ['v'],
	group: 'view',
	inFooter: 0.13,
	disabledReason: reasonAgainst,
	run: openFile,
};
