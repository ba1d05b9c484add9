/** What a piece of text means; a theme says how that looks. */
export const tokens = [
	'text',
	'dim',
	/** The one colour of focus. */
	'accent',
	'good',
	'watch',
	'trouble',
	'info',
	/** The row under the cursor of the focused list, and of a list that has not the focus. */
	'selection',
	'selectionIdle',
	'mark',
	'border',
	'borderFocused',
	'title',
	'titleFocused',
	'header',
	'key',
	/** The cell that the next character goes to in a text field. */
	'cursor',
] as const;

export type Token = (typeof tokens)[number];
