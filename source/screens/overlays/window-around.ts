/** The part of `count` rows that shows the cursor in `height` rows: from (inclusive) to (exclusive). */
export const windowAround = (
	cursor: number,
	count: number,
	height: number,
): {readonly from: number; readonly to: number} => {
	const from = Math.max(0, Math.min(cursor - Math.floor(height / 2), count - height));
	return {from, to: Math.min(count, from + height)};
};
