/** Cells between two columns of a list. */
export const COLUMN_GAP = 2;
/** Cells before the first column, where the mark of a row stands. */
export const MARK_GUTTER = 2;
