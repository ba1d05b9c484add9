/** A count in at most five cells: `0`, `4812`, `98k`, `1.2M`. */
export const formatCount = (count: number): string => {
	if (!Number.isFinite(count) || count < 0) return '-';
	if (count < 10_000) return String(count);
	if (count < 999_500) return `${Math.round(count / 1000)}k`;
	const millions = count / 1e6;
	return `${millions < 9.95 ? millions.toFixed(1) : Math.round(millions)}M`;
};
