import {shortId} from '../format/image-name.ts';
import {type ImageTab, imageTabs, type State} from '../state/model.ts';
import {imageTargets} from '../state/selectors/images.ts';
import {backCommand, leaveCommand} from './container-screen.ts';
import {tabSteps} from './tab-steps.ts';
import type {Command, CommandContext} from './types.ts';

type TabFacts = {
	readonly tab: ImageTab;
	readonly keys: readonly string[];
	readonly title: string;
	readonly help: string;
	/** In the footer. */
	readonly rank: number;
};

const tabFacts: readonly TabFacts[] = [
	{tab: 'layers', keys: ['enter'], title: 'layers', help: 'Opens the layer-tree inspector', rank: 4},
	{tab: 'history', keys: ['h'], title: 'history', help: 'Lists the instructions that made it', rank: 5},
	{tab: 'imageConfig', keys: ['C'], title: 'config', help: 'Shows its configuration', rank: 6},
	{tab: 'inspect', keys: ['i'], title: 'inspect', help: "Shows the engine's JSON about the image", rank: 7},
];

const singleReason = (state: State): string | undefined => {
	if (state.ui.screen.kind === 'image') return undefined;
	const count = imageTargets(state).length;
	if (count === 0) return 'no image is selected';
	return count > 1 ? 'it works on one image: unmark the others' : undefined;
};

const openTab = ({store}: CommandContext, targets: readonly string[], tab: ImageTab): void => {
	const state = store.getState();
	const {screen} = state.ui;
	if (screen.kind === 'image') {
		store.dispatch({type: 'ui/screen-opened', screen: {...screen, tab}});
		return;
	}
	const [target] = imageTargets(state, targets);
	if (target === undefined) return;
	const title = target.reference ?? shortId(target.image.id);
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'image', imageId: target.image.id, tab}, title});
};

/** One key for each tab, in the list of images and on the image's own screen. */
export const imageTabCommands: readonly Command[] = tabFacts.map(
	({tab, keys, title, help, rank}): Command => ({
		id: `images.${tab === 'imageConfig' ? 'config' : tab}`,
		scope: 'images',
		title,
		help,
		keys,
		group: 'view',
		inFooter: rank,
		targets: state => (state.ui.screen.kind === 'image' ? [] : imageTargets(state).map(({key}) => key)),
		disabledReason: singleReason,
		run: (context, {targets}) => {
			openTab(context, targets, tab);
		},
	}),
);

export const imageScreenCommands: readonly Command[] = [
	...tabSteps({
		scope: 'image',
		keys: [[']'], ['[']],
		tabs: imageTabs,
		current: ({ui: {screen}}) => (screen.kind === 'image' ? screen.tab : undefined),
		open: (context, tab) => {
			openTab(context, [], tab);
		},
	}),
	backCommand('image'),
	leaveCommand('image'),
];
