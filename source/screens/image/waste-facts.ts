import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {formatSize} from '../../format/bytes.ts';
import {fit} from '../../format/cells.ts';
import {counted} from '../../format/counted.ts';
import {sanitise} from '../../format/sanitise.ts';
import {wrapWhole} from '../../format/wrap.ts';
import type {WasteRow} from '../../resources/waste.ts';
import type {State} from '../../state/model.ts';
import {cursorRowKey} from '../../state/selectors/rows.ts';
import {selectWasteRows} from '../../state/selectors/waste-rows.ts';
import type {Theme} from '../../theme/theme.ts';

const storedText = ({kind, layers, bytes, copies}: WasteRow): string => {
	const where = `layer${layers.length === 1 ? '' : 's'} ${layers.join(', ')}`;
	if (kind === 'setting') return layers.length === 0 ? 'in the configuration' : `in ${where}`;
	return `${formatSize(bytes)} in ${counted(copies, 'file')}, stored in ${where}`;
};

/** All that is known of the waste under the cursor: the list has to cut it. */
export const wasteFactsContent = (state: State, {width, height}: Size, theme: Theme): PaneContent => {
	const inner = Math.max(0, width - PANE_BORDER);
	const key = cursorRowKey(state, 'waste');
	const row = selectWasteRows(state).find(each => each.key === key);
	const texts = row === undefined ? [] : [row.path, storedText(row), row.why];
	return {
		width,
		height,
		title: row?.kind === 'waste' ? 'Waste' : 'Finding',
		isFocused: false,
		theme,
		lines: texts
			.flatMap(text => wrapWhole(theme.spell(sanitise(text)), Math.max(1, inner - 2)))
			.map(line => fit(` ${line}`, inner)),
	};
};
