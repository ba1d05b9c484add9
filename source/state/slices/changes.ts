import type {ContainerId} from '../../engine/types.ts';
import {type ChangeNode, changeTree, countOf} from '../change-tree.ts';
import type {Message} from '../messages.ts';
import type {OpenedContainer} from '../model.ts';
import type {ChangesView, Folding} from '../views/changes.ts';

/** A folder that holds more is folded until somebody opens it. */
const fewChanges = 100;

/** Whether a folder is open: what was done by hand holds, over a refresh too. */
export const isOpen = ({rule, byHand}: Folding, node: ChangeNode): boolean =>
	byHand.get(node.path) ?? (rule === 'auto' ? countOf(node.below) <= fewChanges : rule === 'open');

const initial = (containerId: ContainerId): ChangesView => ({
	containerId,
	loading: {status: 'loading'},
	folding: {rule: 'auto', byHand: new Map()},
	files: new Map(),
	refreshCount: 0,
});

const folded = (view: ChangesView, paths: readonly string[], isFolded: boolean): ChangesView => {
	const byHand = new Map([...view.folding.byHand, ...paths.map(path => [path, !isFolded] as const)]);
	return {...view, folding: {...view.folding, byHand}};
};

const withOnly = ({only: _, ...view}: ChangesView, only: ChangesView['only']): ChangesView =>
	only === undefined ? view : {...view, only};

const reduceOwn = (view: ChangesView, message: Message): ChangesView => {
	switch (message.type) {
		case 'changes/asked':
			return {...view, loading: {status: 'loading'}};
		case 'changes/loaded':
			return {
				...view,
				loading: {status: 'ready'},
				tree: changeTree(message.changes),
				loadedAt: message.at,
				files: new Map(),
			};
		case 'changes/failed':
			return {...view, loading: {status: 'failed', fault: message.fault}};
		case 'changes/described':
			return {...view, files: new Map(view.files).set(message.path, message.file)};
		case 'changes/refresh-wanted':
			return {...view, refreshCount: view.refreshCount + 1};
		case 'changes/folded':
			return folded(view, message.paths, message.isFolded);
		case 'changes/all-folded':
			return {...view, folding: {rule: message.isFolded ? 'folded' : 'open', byHand: new Map()}};
		case 'changes/narrowed':
			return withOnly(view, message.only);
		default:
			return view;
	}
};

/** @param opened the container whose screen is open; what belongs to another one is forgotten. */
export const reduceChanges = (
	view: ChangesView | undefined,
	message: Message,
	opened: OpenedContainer | undefined,
): ChangesView | undefined => {
	const own = view?.containerId === opened?.containerId ? view : undefined;
	if (opened === undefined || !message.type.startsWith('changes/')) return own;
	if ('containerId' in message && message.containerId !== opened.containerId) return own;
	return reduceOwn(own ?? initial(opened.containerId), message);
};
