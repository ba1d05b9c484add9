import type {IBufferCell} from '@xterm/headless';

/** `default`, a number of the 256-colour palette, or `#rrggbb`. */
export type CellColor = 'default' | number | `#${string}`;

export type Cell = {
	/** The grapheme; empty in the second half of a wide one. */
	readonly text: string;
	/** Columns it takes: 0, 1 or 2. */
	readonly width: number;
	readonly foreground: CellColor;
	readonly background: CellColor;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isItalic: boolean;
	readonly isUnderlined: boolean;
	readonly isInverse: boolean;
};

export function cellOf(cell: IBufferCell): Cell {
	return {
		text: cell.getChars(),
		width: cell.getWidth(),
		foreground: foregroundOf(cell),
		background: backgroundOf(cell),
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
		isItalic: cell.isItalic() !== 0,
		isUnderlined: cell.isUnderline() !== 0,
		isInverse: cell.isInverse() !== 0,
	};
}

function foregroundOf(cell: IBufferCell): CellColor {
	if (cell.isFgRGB()) return hex(cell.getFgColor());
	return cell.isFgPalette() ? cell.getFgColor() : 'default';
}

function backgroundOf(cell: IBufferCell): CellColor {
	if (cell.isBgRGB()) return hex(cell.getBgColor());
	return cell.isBgPalette() ? cell.getBgColor() : 'default';
}

function hex(color: number): `#${string}` {
	return `#${color.toString(16).padStart(6, '0')}`;
}
