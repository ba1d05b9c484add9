/** Every glyph is one cell wide, and each set says the same in the same places. */
export type Glyphs = {
	readonly running: string;
	readonly paused: string;
	readonly restarting: string;
	readonly exited: string;
	readonly created: string;
	readonly removing: string;
	readonly dead: string;
	readonly unknown: string;
	readonly healthy: string;
	readonly unhealthy: string;
	readonly starting: string;
	readonly mark: string;
	readonly open: string;
	readonly closed: string;
	readonly ascending: string;
	readonly descending: string;
	readonly up: string;
	readonly down: string;
	readonly arrow: string;
	readonly ellipsis: string;
	/** Before a sum of which a part is not known. */
	readonly atLeast: string;
	readonly bullet: string;
	/** Behind a count: so many times. */
	readonly times: string;
	/** Frames of one turn, one cell each. */
	readonly spinner: string;
	/** From low to high, for sparklines and graphs. */
	readonly levels: string;
	/** What large graphs are drawn with: dots, or the levels above. */
	readonly graph: 'braille' | 'blocks';
	/** A limit across a graph. */
	readonly limit: string;
	readonly bar: {readonly fill: string; readonly track: string; readonly unknown: string};
	readonly border: {
		readonly topLeft: string;
		readonly topRight: string;
		readonly bottomLeft: string;
		readonly bottomRight: string;
		readonly horizontal: string;
		readonly vertical: string;
	};
	readonly tree: {readonly branch: string; readonly last: string; readonly line: string};
};

export const unicodeGlyphs: Glyphs = {
	running: '●',
	paused: '◐',
	restarting: '↻',
	exited: '○',
	created: '◌',
	removing: '⌫',
	dead: '✖',
	unknown: '?',
	healthy: '♥',
	unhealthy: '!',
	starting: '…',
	mark: '✓',
	open: '▾',
	closed: '▸',
	ascending: '▴',
	descending: '▾',
	up: '↑',
	down: '↓',
	arrow: '→',
	ellipsis: '…',
	atLeast: '≥',
	bullet: '·',
	times: '×',
	spinner: '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏',
	levels: '▁▂▃▄▅▆▇█',
	graph: 'braille',
	limit: '┄',
	bar: {fill: '▏▎▍▌▋▊▉█', track: '░', unknown: '╌'},
	border: {
		topLeft: '╭',
		topRight: '╮',
		bottomLeft: '╰',
		bottomRight: '╯',
		horizontal: '─',
		vertical: '│',
	},
	tree: {branch: '├', last: '└', line: '│'},
};

export const asciiGlyphs: Glyphs = {
	running: '*',
	paused: '=',
	restarting: '@',
	exited: 'o',
	created: '.',
	removing: '~',
	dead: 'x',
	unknown: '?',
	healthy: '+',
	unhealthy: '!',
	starting: '~',
	mark: '+',
	open: 'v',
	closed: '>',
	ascending: '^',
	descending: 'v',
	up: '^',
	down: 'v',
	arrow: '>',
	ellipsis: '~',
	atLeast: '>',
	bullet: '-',
	times: 'x',
	spinner: '|/-\\',
	levels: '_.-~=+*#',
	graph: 'blocks',
	limit: ':',
	bar: {fill: '#', track: '.', unknown: '-'},
	border: {
		topLeft: '+',
		topRight: '+',
		bottomLeft: '+',
		bottomRight: '+',
		horizontal: '-',
		vertical: '|',
	},
	tree: {branch: '|', last: '`', line: '|'},
};
