import {Box} from 'ink';
import type {Theme} from '../theme/theme.ts';
import {Lines} from './lines.tsx';
import {PANE_BORDER, paneLines} from './pane-lines.ts';

export type DialogProps = {
	/** Cells and rows of the screen that the box is centred on. */
	readonly columns: number;
	readonly rows: number;
	readonly title: string;
	readonly badges?: readonly string[];
	/** Cells inside the border; every line is exactly this wide. See `dialogWidth`. */
	readonly width: number;
	readonly lines: readonly string[];
	readonly hasMoreAbove?: boolean;
	readonly hasMoreBelow?: boolean;
	readonly theme: Theme;
};

const MARGIN = 2;

/** Cells inside the border of a dialog that would like to have `ideal` of them. */
export const dialogWidth = (ideal: number, columns: number): number =>
	Math.max(0, Math.min(ideal, columns - PANE_BORDER - (columns > 40 ? 2 * MARGIN : 0)));

/** Rows inside the border of a dialog at most. */
export const dialogHeight = (rows: number): number => Math.max(0, rows - PANE_BORDER);

/** A framed box in the middle of the screen, over what is there. Its parent is the box of the whole screen. */
export const Dialog = ({columns, rows, width, lines, title, badges = [], theme, ...more}: DialogProps) => {
	const outerWidth = width + PANE_BORDER;
	const outerHeight = Math.min(lines.length, dialogHeight(rows)) + PANE_BORDER;
	return (
		<Box
			position="absolute"
			left={Math.max(0, Math.floor((columns - outerWidth) / 2))}
			top={Math.max(0, Math.floor((rows - outerHeight) / 2))}
		>
			<Lines
				width={outerWidth}
				height={outerHeight}
				lines={paneLines({
					width: outerWidth,
					height: outerHeight,
					title,
					badges,
					lines,
					theme,
					isFocused: true,
					...more,
				})}
			/>
		</Box>
	);
};
