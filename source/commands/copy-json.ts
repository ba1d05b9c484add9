import {formatSize} from '../format/bytes.ts';
import {selectInspectNodes} from '../state/selectors/inspect-rows.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {CommandContext} from './types.ts';

const copy = (context: CommandContext, text: string, told: string): void => {
	if (context.terminal.copy(text)) showSuccess(context, `copied ${told}`);
	else showError(context, `${formatSize(text.length)} are more than a terminal takes into its clipboard`);
};

export const copyPath = (context: CommandContext, path: string): void => {
	copy(context, path, path);
};

/** Copies a node of the document and all below it; while secrets are hidden not one that holds any. */
export const copyValue = (context: CommandContext, index: number): void => {
	const {document} = context.store.getState();
	const nodes = selectInspectNodes(context.store.getState());
	const node = nodes[index];
	if (document === undefined || node === undefined) return;
	const isMasked = nodes.slice(index, node.end).some(({masked}) => masked !== undefined);
	if (isMasked && !document.isRevealed) {
		showInfo(context, 'not copied: it holds masked values; . shows them, then Y copies');
		return;
	}
	copy(context, JSON.stringify(node.value, null, 2), `the value of ${node.path}`);
};
