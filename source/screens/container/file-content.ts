import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {formatSize} from '../../format/bytes.ts';
import {cellWidth, cut, fit} from '../../format/cells.ts';
import {formatDateTime} from '../../format/date-time.ts';
import {formatMode} from '../../format/file-mode.ts';
import {sanitise} from '../../format/sanitise.ts';
import {fitStyled} from '../../format/styled.ts';
import type {State} from '../../state/model.ts';
import {contentLayout, hexRowBytes, lineCount, lineStarts} from '../../state/selectors/file-lines.ts';
import type {FileContent} from '../../state/views/files.ts';
import type {Theme} from '../../theme/theme.ts';

const decoder = new TextDecoder('utf-8', {ignoreBOM: true});

const tabCells = 8;

/** No sequence of it reaches the screen, and tabs go to the next multiple of eight cells. */
const safeText = (text: string): string => {
	let shown = '';
	for (const [index, part] of text.split('\t').entries()) {
		const gap = index === 0 ? 0 : tabCells - (cellWidth(shown) % tabCells);
		shown += ' '.repeat(gap) + sanitise(part);
	}
	return shown;
};

/** No character takes more bytes; what lies farther right is not looked at. */
const bytesPerCell = 4;

const textLine = (content: FileContent, index: number, width: number, theme: Theme): string => {
	const {bytes, column} = content;
	const starts = lineStarts(bytes);
	const from = starts[index] ?? bytes.length;
	const next = starts[index + 1] ?? bytes.length;
	const end = Math.min(next, from + (column + width) * bytesPerCell + 4096);
	const text = decoder.decode(bytes.subarray(from, end)).replace(/\r?\n$/, '');
	const digits = Math.max(4, String(starts.length).length);
	const number = theme.paint('dim', `${String(index + 1).padStart(digits)} `);
	return number + fitStyled(theme.spell(safeText(text)), Math.max(0, width - digits - 1), column);
};

const hexOf = (byte: number): string => byte.toString(16).padStart(2, '0');

const hexLine = ({bytes, column}: FileContent, index: number, width: number, theme: Theme): string => {
	const from = index * hexRowBytes;
	const row = [...bytes.subarray(from, from + hexRowBytes)];
	const half = (start: number): string =>
		row
			.slice(start, start + 8)
			.map(hexOf)
			.join(' ')
			.padEnd(23);
	const letters = row.map(byte => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
	const offset = theme.paint('dim', from.toString(16).padStart(8, '0'));
	return fitStyled(`${offset}  ${half(0)}  ${half(8)}  ${letters}`, width, column);
};

const amount = ({bytes, facts, limitBytes, isRead}: FileContent): string => {
	if (!isRead) return 'reading';
	const isCut = bytes.length >= limitBytes && bytes.length < facts.sizeBytes;
	const whole = formatSize(facts.sizeBytes);
	return isCut ? `first ${formatSize(bytes.length)} of ${whole}: + reads more` : whole;
};

const emptyText = ({facts, isRead, fault}: FileContent): string => {
	if (fault !== undefined) return `Cannot read: ${sanitise(fault.message)}`;
	if (facts.kind !== 'file') return `It is no regular file but a ${facts.kind}: there is nothing to read.`;
	return isRead ? 'The file is empty.' : 'Reading';
};

/** The lines of a file, or its bytes, from its beginning as far as it was read. */
export const fileContent = (_state: State, content: FileContent, size: Size, theme: Theme): PaneContent => {
	const width = Math.max(0, size.width - PANE_BORDER);
	const height = Math.max(0, size.height - PANE_BORDER);
	const layout = contentLayout(content);
	const count = lineCount(content);
	const from = Math.min(content.offset, Math.max(0, count - 1));
	const line = layout === 'hex' ? hexLine : textLine;
	const shown = Array.from({length: Math.max(0, Math.min(height, count - from))}, (_, row) =>
		line(content, from + row, width, theme),
	);
	const {facts, fault} = content;
	const room = Math.max(12, Math.floor(size.width * 0.4));
	return {
		width: size.width,
		height: size.height,
		title: `File ${cut(sanitise(content.path), room, 'start', theme.glyphs.ellipsis)}`,
		badges: [
			amount(content),
			layout === 'hex' ? 'hex' : `line ${Math.min(from + 1, count)} of ${count}`,
			...(fault === undefined || shown.length === 0 ? [] : [`cannot read on: ${fault.message}`]),
			...(content.column === 0 ? [] : [`from column ${content.column + 1}`]),
			formatMode(facts.mode),
			formatDateTime(facts.modifiedAt),
		],
		isFocused: true,
		hasMoreAbove: from > 0,
		hasMoreBelow: from + height < count,
		lines: shown.length === 0 ? [fit(` ${theme.spell(emptyText(content))}`, width)] : shown,
		theme,
	};
};
