import {gaugeLine} from '../components/gauge.ts';
import {spinnerFrame} from '../components/spinner.ts';
import {formatSize} from '../format/bytes.ts';
import {cut, fit} from '../format/cells.ts';
import {formatCount} from '../format/count.ts';
import {formatDelta} from '../format/delta.ts';
import {sanitise} from '../format/sanitise.ts';
import type {State} from '../state/model.ts';
import {selectFileTotals} from '../state/selectors/compare-files.ts';
import {type LayerSum, selectComparedLayers} from '../state/selectors/compare-layers.ts';
import {type CompareSection, compareSections, type Side} from '../state/views/compare.ts';
import type {Theme} from '../theme/theme.ts';

const sectionTitles: Readonly<Record<CompareSection, string>> = {
	files: '1 files',
	layers: '2 layers',
	config: '3 config',
};

const namesOf = ({ui: {screen}}: State): readonly [string, string] =>
	screen.kind === 'compare' ? [sanitise(screen.sides[0].name), sanitise(screen.sides[1].name)] : ['', ''];

/** Both names and the sections: one line as wide as the screen. */
export const compareBarLine = (state: State, theme: Theme): string => {
	const {columns} = state.ui;
	const {arrow, ellipsis} = theme.glyphs;
	const open = state.compare?.section;
	const tabs = compareSections
		.map(section => theme.paint(section === open ? 'selection' : 'dim', sectionTitles[section]))
		.join('  ');
	const tabCells = compareSections.reduce((sum, section) => sum + sectionTitles[section].length + 2, 0);
	const room = Math.max(0, columns - tabCells - 1);
	const half = Math.max(1, Math.floor((room - 4) / 2));
	const [left, right] = namesOf(state).map(name => cut(theme.spell(name), half, 'middle', ellipsis));
	const names = fit(`${left} ${arrow} ${right}`, room);
	return ` ${theme.paint('title', names)}${tabs}  `;
};

const sumText = ({count, bytes}: LayerSum): string =>
	bytes === undefined || count === 0 ? String(count) : `${count} of ${formatSize(bytes)}`;

const layersText = (state: State): string => {
	const layers = selectComparedLayers(state);
	if (layers === undefined) return '';
	const {common, onlyLeft, onlyRight} = layers;
	return `layers: ${sumText(common)} shared, left ${sumText(onlyLeft)}, right ${sumText(onlyRight)}`;
};

const totalsText = (state: State): string => {
	const totals = selectFileTotals(state);
	if (totals === undefined) return layersText(state);
	const {leftBytes, rightBytes} = totals;
	const delta = formatDelta(rightBytes - leftBytes) || 'the same size';
	const files = `${formatSize(leftBytes)} to ${formatSize(rightBytes)}, ${delta}`;
	return `${files}   ${layersText(state)}`;
};

const reading = (state: State, side: Side, theme: Theme): string => {
	const now = state.compare?.readings[side];
	if (now?.status !== 'reading') return '';
	const {columns: width, screen} = state.ui;
	const name = namesOf(state)[side];
	const {ellipsis} = theme.glyphs;
	const frame = spinnerFrame(theme.glyphs, state.now);
	const label = ` ${side + 1} of 2  ${cut(theme.spell(name), Math.max(8, Math.floor(width / 3)), 'middle', ellipsis)}`;
	if (now.readBytes === 0) {
		const seconds = Math.floor((state.now - now.startedAt) / 1000);
		const what =
			seconds < 1 ? 'asking the engine for the image' : `the engine is packing, ${seconds} s   x stops`;
		return theme.paint('info', fit(`${label}  ${frame} ${what}`, width, {ellipsis}));
	}
	const id = screen.kind === 'compare' ? screen.sides[side].imageId : undefined;
	const total = id === undefined ? undefined : state.images.byId.get(id)?.sizeBytes;
	// A guess: an archive has headers, or is compressed.
	const fraction = total === undefined || total <= 0 ? undefined : Math.min(0.99, now.readBytes / total);
	return gaugeLine({label, fraction, text: `${formatSize(now.readBytes)}   x stops `, width, theme});
};

/** How far it is, or what came of it: one line. */
export const compareStatusLine = (state: State, theme: Theme): string => {
	const {compare, ui} = state;
	const {ellipsis} = theme.glyphs;
	const line = (text: string): string => fit(` ${theme.spell(text)}`, ui.columns, {ellipsis});
	if (compare === undefined) return line('');
	for (const side of [0, 1] as const) {
		const now = compare.readings[side];
		if (now.status === 'failed') {
			const why = sanitise(now.fault.message);
			return theme.paint('trouble', line(`Cannot read ${namesOf(state)[side]}: ${why}   r reads again`));
		}
		if (now.status === 'reading' && !compare.isStopped) return reading(state, side, theme);
	}
	if (compare.comparison !== undefined) return theme.paint('dim', line(totalsText(state)));
	if (compare.isStopped) return theme.paint('watch', line('Stopped   r reads on'));
	return theme.paint('dim', line(compare.readings[1].status === 'done' ? 'comparing' : 'waiting'));
};

/** `+12 ~3 *1 -4`. */
export const countsText = ({compare}: State): string => {
	const counts = compare?.comparison?.files.counts;
	if (counts === undefined) return '';
	const signs = [
		['+', counts.added],
		['~', counts.modified],
		['*', counts.metadata],
		['-', counts.removed],
	] as const;
	return signs
		.filter(([, count]) => count > 0)
		.map(([sign, count]) => sign + formatCount(count))
		.join(' ');
};
