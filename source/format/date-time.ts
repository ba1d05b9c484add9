const two = (value: number): string => String(value).padStart(2, '0');

/** Local date and time to the minute, `2026-11-22 06:45`. @param ms epoch milliseconds */
export const formatDateTime = (ms: number): string => {
	const date = new Date(ms);
	if (Number.isNaN(date.getTime())) return '-';
	const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
	return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
};
