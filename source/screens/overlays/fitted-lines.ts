/**
 * A dialog's lines in `room` rows. Where they are too many, the blank ones go first, then what stands between the
 * first line and the end: the end has what can be done.
 */
export const fittedLines = (lines: readonly string[], room: number): readonly string[] => {
	if (lines.length <= room) return lines;
	const filled = lines.filter(line => line.trim() !== '');
	if (filled.length <= room) return filled;
	return room < 2 ? filled.slice(-room) : [...filled.slice(0, 1), ...filled.slice(1 - room)];
};
