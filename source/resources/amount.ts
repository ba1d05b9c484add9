import {formatSize} from '../format/bytes.ts';
import type {Amount} from '../layers/sharing.ts';

/** Bytes in seven cells: `1.98MB`, or `<2.29MB` where no more is certain than that. */
export const formatAmount = ({least, most}: Amount): string => {
	const text = formatSize(most);
	return text === formatSize(least) ? text : `<${text}`;
};

/** The same in words: `1.98MB`, `at most 2.29MB`, `1.2MB to 2.29MB`. */
export const amountText = ({least, most}: Amount): string => {
	const [from, to] = [formatSize(least), formatSize(most)];
	if (from === to) return to;
	return least === 0 ? `at most ${to}` : `${from} to ${to}`;
};
