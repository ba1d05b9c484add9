import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {formatSize} from '../../format/bytes.ts';
import {cellWidth, fit} from '../../format/cells.ts';
import {formatDateTime} from '../../format/date-time.ts';
import {formatAge} from '../../format/duration.ts';
import {dockerfileInstruction} from '../../format/instruction.ts';
import {sanitise} from '../../format/sanitise.ts';
import {wrapWhole} from '../../format/wrap.ts';
import type {LayerRow} from '../../resources/layers.ts';
import type {State} from '../../state/model.ts';
import {chosenLayer, selectLayerRows} from '../../state/selectors/layers-rows.ts';
import type {Theme} from '../../theme/theme.ts';

const labelWidth = 9;

type Fact = {readonly label: string; readonly text: string};

const sizeText = ({layer, fileCount}: LayerRow): string => {
	if (layer.absence !== undefined) return layer.absence;
	if (layer.contentBytes === undefined) return 'not read yet';
	const files = fileCount === 1 ? '1 file' : `${fileCount ?? 0} files`;
	const tar = layer.tarBytes === undefined ? '' : `, ${formatSize(layer.tarBytes)} as a tar`;
	return `${formatSize(layer.contentBytes)} in ${files}${tar}`;
};

const factsOf = (row: LayerRow, now: number): readonly Fact[] => {
	const {layer, alsoIn} = row;
	const created =
		layer.createdAt === undefined
			? undefined
			: `${formatDateTime(layer.createdAt)} (${formatAge(now - layer.createdAt)} ago)`;
	return [
		{label: '', text: layer.diffId},
		{label: 'size', text: sizeText(row)},
		...(created === undefined ? [] : [{label: 'created', text: created}]),
		...(alsoIn === undefined
			? []
			: [{label: 'also in', text: alsoIn.length === 0 ? 'no other image' : alsoIn.join(', ')}]),
		...(layer.comment === '' ? [] : [{label: 'comment', text: layer.comment}]),
	];
};

const factLines = ({label, text}: Fact, width: number, theme: Theme): readonly string[] => {
	// What is as long as a digest tells by itself what it is.
	if (label === '') return wrapWhole(text, Math.max(1, width - 1)).map(line => fit(` ${line}`, width));
	const room = Math.max(1, width - labelWidth - 1);
	const lines = wrapWhole(theme.spell(sanitise(text)), room);
	return lines.map(
		(line, index) =>
			theme.paint('dim', fit(index === 0 ? ` ${label}` : '', Math.min(labelWidth, width))) +
			fit(line, Math.max(0, width - labelWidth)),
	);
};

/** The whole instruction in as many lines as there are; the last one tells when that is not all. */
const instructionLines = (text: string, width: number, rows: number, theme: Theme): readonly string[] => {
	const lines = wrapWhole(theme.spell(sanitise(text)), Math.max(1, width - 2));
	const shown = lines.slice(0, rows).map(line => fit(` ${line}`, width));
	if (lines.length <= rows || rows < 1) return shown;
	const note = ` ${theme.glyphs.ellipsis} ${lines.length - rows + 1} more lines: Y copies it`;
	return [...shown.slice(0, -1), theme.paint('dim', fit(note, width))];
};

/** What is known of the layer under the cursor. */
export const layerFactsContent = (state: State, {width, height}: Size, theme: Theme): PaneContent => {
	const inner = Math.max(0, width - PANE_BORDER);
	const rows = Math.max(0, height - PANE_BORDER);
	const index = chosenLayer(state);
	const row = selectLayerRows(state).find(({layer}) => layer.index === index);
	const base = {width, height, isFocused: false, theme};
	if (row === undefined) return {...base, title: 'Layer', lines: []};
	const instruction = dockerfileInstruction(row.layer.createdBy);
	const facts = factsOf(row, state.now).flatMap(fact => factLines(fact, inner, theme));
	const needed = Math.ceil((cellWidth(sanitise(instruction)) + 1) / Math.max(1, inner - 2));
	const factRows = Math.min(facts.length, Math.max(1, rows - Math.max(1, needed)));
	return {
		...base,
		title: `Layer ${index + 1}`,
		lines: [
			...instructionLines(
				instruction === '' ? 'no instruction is known' : instruction,
				inner,
				rows - factRows,
				theme,
			),
			...facts.slice(0, factRows),
		],
	};
};
