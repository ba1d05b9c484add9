const longest = 24 * 60 * 60 * 1000;

/**
 * `Retry-After`, in seconds or as a date.
 * @param now epoch ms
 * @returns ms, a day at most; `undefined` for neither
 */
export const retryAfter = (header: string | undefined, now: number): number | undefined => {
	const value = header?.trim() ?? '';
	const ms = /^\d+$/.test(value)
		? Number(value) * 1000
		: /[A-Za-z]/.test(value)
			? Date.parse(value) - now
			: Number.NaN;
	return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longest);
};
