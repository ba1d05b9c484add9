import {formatSize} from './bytes.ts';

/** How much more or less: `+12.3MB`, `-400kB`; empty for no difference. */
export const formatDelta = (bytes: number): string => {
	if (bytes === 0) return '';
	return `${bytes > 0 ? '+' : '-'}${formatSize(Math.abs(bytes))}`;
};
