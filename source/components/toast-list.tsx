import {Box} from 'ink';
import {fit} from '../format/cells.ts';
import {wrap} from '../format/wrap.ts';
import type {Theme} from '../theme/theme.ts';
import type {Token} from '../theme/tokens.ts';
import {Lines} from './lines.tsx';

export type Toast = {
	readonly tone: Extract<Token, 'good' | 'watch' | 'trouble' | 'info'>;
	readonly text: string;
};

export type ToastListProps = {
	/** Oldest first; sanitised. */
	readonly toasts: readonly Toast[];
	readonly columns: number;
	readonly rows: number;
	/** Rows at the bottom of the screen that stay free, e.g. for the footer. */
	readonly bottom: number;
	readonly theme: Theme;
};

const MAX_WIDTH = 60;
const MAX_LINES = 3;
/** The engine's words and what to do next come whole. */
const MAX_ERROR_LINES = 8;
const FRAME = 4;

const toastLines = ({tone, text}: Toast, width: number, theme: Theme): readonly string[] => {
	const side = theme.paint(tone, theme.glyphs.border.vertical);
	const most = tone === 'trouble' ? MAX_ERROR_LINES : MAX_LINES;
	return wrap(theme.spell(text), width - FRAME, most).map(
		line => `${side} ${fit(line, width - FRAME)} ${side}`,
	);
};

/** Short messages in the lower right corner, over what is there, the newest at the bottom. */
export const ToastList = ({toasts, columns, rows, bottom, theme}: ToastListProps) => {
	const width = Math.min(MAX_WIDTH, columns);
	const lines = toasts.flatMap(toast => toastLines(toast, width, theme)).slice(-Math.max(rows - bottom, 0));
	if (lines.length === 0 || width <= FRAME || rows <= bottom) return null;
	return (
		<Box position="absolute" left={columns - width} top={rows - bottom - lines.length}>
			<Lines lines={lines} width={width} height={lines.length} />
		</Box>
	);
};
