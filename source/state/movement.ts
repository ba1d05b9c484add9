/** How far a person goes in a list or a text. */
export type Movement =
	| {readonly kind: 'lines'; readonly count: number}
	| {readonly kind: 'pages'; readonly count: number}
	| {readonly kind: 'start'}
	| {readonly kind: 'end'};
