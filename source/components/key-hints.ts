import {cellWidth, fit} from '../format/cells.ts';
import type {Theme} from '../theme/theme.ts';

export type KeyHint = {readonly key: string; readonly label: string; readonly isEnabled: boolean};

const SEPARATOR = '  ';

/** ` s stop  u start  …` in exactly `width` cells, as many whole entries as fit, in their order. */
export const keyHintsLine = (hints: readonly KeyHint[], width: number, theme: Theme): string => {
	let line = '';
	let used = 0;
	for (const hint of hints) {
		const key = theme.spell(hint.key);
		const label = theme.spell(hint.label);
		const lead = used === 0 ? ' ' : SEPARATOR;
		const cells = cellWidth(`${lead}${key} ${label}`);
		if (used + cells > width) break;
		line += hint.isEnabled
			? `${lead}${theme.paint('key', key)} ${label}`
			: lead + theme.paint('dim', `${key} ${label}`);
		used += cells;
	}
	return line + fit('', width - used);
};
