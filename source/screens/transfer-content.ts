import {gaugeLine} from '../components/gauge.ts';
import type {Size} from '../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../components/pane-lines.ts';
import {formatRate, formatSize} from '../format/bytes.ts';
import {cut, fit} from '../format/cells.ts';
import {formatEta, formatTook} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Resource} from '../resources/resource.ts';
import {transferFacts} from '../resources/transfer-facts.ts';
import {type TransferLayerRow, transferLayers} from '../resources/transfer-layers.ts';
import {
	isInward,
	percentText,
	shownFraction,
	stateTone,
	type TransferRow,
} from '../resources/transfer-row.ts';
import type {State} from '../state/model.ts';
import {hasLayers, openTransfer, selectTransferLayerRows} from '../state/selectors/transfer-layers-rows.ts';
import {transferNote} from '../state/selectors/transfer-note.ts';
import {selectQueuePlaces} from '../state/selectors/transfer-queue.ts';
import {timedNow, transferRow} from '../state/selectors/transfer-rows.ts';
import type {Theme} from '../theme/theme.ts';
import {type ListPane, listContent} from './panes/list-content.ts';

const gone = 'This transfer was taken off the list.';

const openRow = (state: State): TransferRow | undefined => {
	const transfer = openTransfer(state);
	return transfer && transferRow(transfer, timedNow(state), selectQueuePlaces(state).get(transfer.id));
};

const amountText = ({doneBytes, totalBytes, isTotalPartial}: TransferRow, theme: Theme): string => {
	if (doneBytes === undefined) return '';
	if (totalBytes === undefined) return formatSize(doneBytes);
	return `${formatSize(doneBytes)} of ${isTotalPartial === true ? theme.glyphs.atLeast : ''}${formatSize(totalBytes)}`;
};

const factsOf = (row: TransferRow, theme: Theme): string =>
	[
		percentText(shownFraction(row)),
		amountText(row, theme),
		row.bytesPerSecond === undefined ? '' : `${formatRate(row.bytesPerSecond)}B/s`,
		row.etaMs === undefined ? '' : `${formatEta(row.etaMs)} left`,
		row.elapsedMs === undefined ? '' : formatTook(row.elapsedMs),
	]
		.filter(text => text !== '')
		.join('  ');

/** What it is and how far all of it is: one line as wide as the screen. */
export const transferBarLine = (state: State, theme: Theme): string => {
	const {columns: width} = state.ui;
	const row = openRow(state);
	if (row === undefined) return fit(` ${gone}`, width);
	const {ellipsis, up, down} = theme.glyphs;
	const text = `${factsOf(row, theme)} `;
	const name = cut(
		theme.spell(sanitise(row.reference)),
		Math.max(12, Math.floor(width * 0.4)),
		'middle',
		ellipsis,
	);
	const label = ` ${isInward(row) ? down : up} ${name} `;
	return gaugeLine({label, fraction: shownFraction(row), text, tone: stateTone[row.state], width, theme});
};

const emptyText = (state: State): string | undefined => {
	const transfer = openTransfer(state);
	switch (transfer?.status) {
		case undefined:
			return gone;
		case 'queued':
		case 'retrying':
			return 'It has not begun yet.';
		case 'running':
			return hasLayers(transfer) ? 'Asking the registry.' : undefined;
		case 'cancelling':
		case 'cancelled':
			return 'It was cancelled before anything was told of it.';
		case 'failed':
			return 'It failed before anything was told of it.';
		case 'done':
			return hasLayers(transfer) ? 'No layer had to be moved.' : undefined;
	}
};

const paneOf = (state: State): ListPane<TransferLayerRow> => {
	const transfer = openTransfer(state);
	const isLayered = transfer === undefined || hasLayers(transfer);
	const resource: Resource<TransferLayerRow> = isLayered ? transferLayers : transferFacts;
	return {
		list: 'transferLayers',
		title: resource.title,
		resource,
		rows: (of, from, height) => selectTransferLayerRows(of).slice(from, from + height),
		badges: of => {
			const row = openRow(of);
			return [...(isLayered ? [String(openTransfer(of)?.layers.size ?? '')] : []), row?.status ?? ''];
		},
		emptyText,
	};
};

/** The layers, and below them in whole why it failed. */
export const transferContent = (state: State, size: Size, theme: Theme): PaneContent => {
	const content = listContent(state, paneOf(state), size, theme);
	const tone = openTransfer(state)?.status === 'failed' ? 'trouble' : 'watch';
	const width = Math.max(0, size.width - PANE_BORDER);
	const note = transferNote(state).map(line => theme.paint(tone, fit(`  ${theme.spell(line)}`, width)));
	if (note.length === 0) return content;
	const room = Math.max(0, size.height - PANE_BORDER - note.length);
	const above = content.lines.slice(0, room);
	const blank = Array.from({length: room - above.length}, () => fit('', width));
	return {...content, lines: [...above, ...blank, ...note]};
};
