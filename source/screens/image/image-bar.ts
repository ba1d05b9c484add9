import {fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {type ImageTab, imageTabs, type State} from '../../state/model.ts';
import type {Theme} from '../../theme/theme.ts';

const tabTitles: Readonly<Record<ImageTab, string>> = {
	layers: 'layers',
	history: 'history',
	imageConfig: 'config',
	inspect: 'inspect',
};

/** The image's name and its tabs: one line as wide as the screen. */
export const imageBarLine = (state: State, theme: Theme): string => {
	const {screen, columns} = state.ui;
	const open = screen.kind === 'image' ? screen.tab : undefined;
	const tabs = imageTabs
		.map(tab => theme.paint(tab === open ? 'selection' : 'dim', tabTitles[tab]))
		.join('  ');
	const tabCells = imageTabs.reduce((sum, tab) => sum + tabTitles[tab].length + 2, 0);
	const room = Math.max(0, columns - tabCells - 1);
	const title = theme.spell(sanitise(state.image?.title ?? ''));
	return ` ${theme.paint('title', fit(title, room))}${tabs}  `;
};
