const WIDTH = 5;

/** Five cells, right-aligned: ` 42.1`, `  0.0`, `  137`; a dash when there is no number (yet). */
export const formatPercent = (percent: number | undefined): string => {
	if (percent === undefined || !Number.isFinite(percent)) return '-'.padStart(WIDTH);
	const value = Math.min(Math.max(percent, 0), 99_999);
	return (value < 99.95 ? value.toFixed(1) : Math.round(value).toString()).padStart(WIDTH);
};
