import {formatSize} from '../../format/bytes.ts';
import {fit} from '../../format/cells.ts';
import {dockerfileInstruction} from '../../format/instruction.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {State} from '../../state/model.ts';
import {chosenLayer} from '../../state/selectors/layers-rows.ts';
import type {Theme} from '../../theme/theme.ts';
import {countsText, layerFilesTitle} from './layer-files-pane.ts';

const layerText = (state: State): string => {
	const index = chosenLayer(state);
	const layers = state.layers?.tree?.layers ?? [];
	const layer = layers[index];
	if (layer === undefined) return 'no layer was read yet';
	const size = layer.contentBytes === undefined ? '' : `  ${formatSize(layer.contentBytes)}`;
	return `layer ${index + 1} of ${layers.length}${size}  ${sanitise(dockerfileInstruction(layer.createdBy))}`;
};

/** On a narrow screen: what the part that is not shown would show, in one line. */
export const summaryLine = (state: State, width: number, theme: Theme): string => {
	const text =
		state.layers?.focus === 'layers'
			? `${layerFilesTitle(state)}  ${countsText(state)}   tab shows them`
			: layerText(state);
	return theme.paint('dim', fit(`  ${theme.spell(text)}`, width, {ellipsis: theme.glyphs.ellipsis}));
};
