import type {Size} from '../../components/pane.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import type {State} from '../../state/model.ts';
import {selectInspectorLayout} from '../../state/selectors/layout.ts';
import type {Theme} from '../../theme/theme.ts';
import {listContent} from '../panes/list-content.ts';
import {layerFactsContent} from './layer-facts.ts';
import {layerFilesPane} from './layer-files-pane.ts';
import {layersPane} from './layers-pane.ts';
import {readingLine} from './reading-line.ts';
import {summaryLine} from './summary-line.ts';
import {viewedPane} from './viewed-content.ts';
import {wasteFactsContent} from './waste-facts.ts';
import {wastePane} from './waste-pane.ts';

const filesLines = (state: State, size: Size, theme: Theme): readonly string[] =>
	paneLines(
		state.layers?.focus === 'waste'
			? listContent(state, wastePane, size, theme)
			: listContent(state, layerFilesPane(state), size, theme),
	);

/** The inspector's tab from its top to its bottom line: layers, what is known of one, its files or the waste. */
export const inspectorLines = (state: State, {width, height}: Size, theme: Theme): readonly string[] => {
	const {viewed, focus} = state.layers ?? {};
	if (viewed !== undefined) return paneLines(viewedPane(state, viewed, {width, height}, theme));
	const layout = selectInspectorLayout(state);
	const {leftWidth, rightWidth, layersHeight, factsHeight, filesHeight} = layout;
	const status = layout.statusRows === 1 ? [readingLine(state, width, theme)] : [];
	const summary = layout.summaryRows === 1 ? [summaryLine(state, width, theme)] : [];
	const facts = focus === 'waste' ? wasteFactsContent : layerFactsContent;
	const files = (): readonly string[] => filesLines(state, {width: rightWidth, height: filesHeight}, theme);
	const layersLines = (): readonly string[] => [
		...paneLines(listContent(state, layersPane, {width: leftWidth, height: layersHeight}, theme)),
		...(factsHeight === 0 ? [] : paneLines(facts(state, {width: leftWidth, height: factsHeight}, theme))),
	];
	if (layout.mode === 'alone')
		return focus === 'layers' || focus === undefined
			? [...layersLines(), ...summary, ...status]
			: [...summary, ...files(), ...status];
	const right = files();
	return [...layersLines().map((line, row) => line + (right[row] ?? '')), ...status];
};
