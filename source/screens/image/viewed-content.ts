import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {spinnerFrame} from '../../components/spinner.ts';
import {fit} from '../../format/cells.ts';
import type {State} from '../../state/model.ts';
import type {ViewedFile} from '../../state/views/layers.ts';
import type {Theme} from '../../theme/theme.ts';
import {fileContent} from '../container/file-content.ts';

/** A file of a layer in the viewer; until it is there, how long the engine takes. */
export const viewedPane = (
	state: State,
	{content, layer, startedAt}: ViewedFile,
	size: Size,
	theme: Theme,
): PaneContent => {
	const pane = fileContent(state, {...content, path: `${content.path} (layer ${layer + 1})`}, size, theme);
	if (content.isRead || content.bytes.length > 0) return pane;
	const seconds = Math.floor((state.now - startedAt) / 1000);
	const frame = spinnerFrame(theme.glyphs, state.now);
	const text = ` ${frame} the engine packs the image once more, ${seconds} s   esc gives up`;
	return {
		...pane,
		lines: [theme.paint('info', fit(theme.spell(text), Math.max(0, size.width - PANE_BORDER)))],
	};
};
