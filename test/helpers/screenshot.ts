import type {TestTerminal} from './terminal.ts';
import type {Cell, CellColor} from './terminal-cell.ts';

/** Of 14 px DejaVu Sans Mono and Menlo, so that lines drawn with characters meet. */
const cellWidth = 8.43;
const cellHeight = 16.3;
const margin = 12;
const baseline = 13;

const screenColors = {foreground: '#d6deeb', background: '#0f1720'} as const;

const sixteen = [
	'#1d2733 #ef6b73 #7fd88f #f2c96d #6cb2f2 #c792ea #5fd7d7 #c5cfdb',
	'#64748b #ff8b92 #a5f3b4 #ffdf9a #9bd0ff #e0b5ff #93f1f1 #ffffff',
]
	.join(' ')
	.split(' ');

/** Cells side by side that look the same; drawn as one piece of text. */
type Run = {readonly x: number; columns: number; text: string; readonly look: Look};

type Look = {
	readonly fill: string;
	readonly background: string | undefined;
	readonly attributes: string;
};

/** @returns the visible screen as an SVG picture, with its colours, in a monospace font held to the cells. */
export function screenshot(terminal: TestTerminal): string {
	const width = terminal.columns * cellWidth + 2 * margin;
	const height = terminal.rows * cellHeight + 2 * margin;
	const rows = Array.from({length: terminal.rows}, (_, y) => drawRow(runsOf(terminal, y), y));
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" viewBox="0 0 ${round(width)} ${round(height)}" font-family="'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14">
<rect width="100%" height="100%" rx="6" fill="${screenColors.background}"/>
${rows.filter(row => row !== '').join('\n')}
</svg>
`;
}

function runsOf(terminal: TestTerminal, y: number): readonly Run[] {
	const runs: Run[] = [];
	for (let x = 0; x < terminal.columns; x += 1) {
		const cell = terminal.cell(x, y);
		if (cell.width === 0) continue;
		const look = lookOf(cell);
		const last = runs.at(-1);
		// A wide glyph stands alone: fonts seldom make it exactly two cells wide.
		if (last && sameLook(last.look, look) && cell.width === 1 && last.columns === [...last.text].length) {
			last.text += cell.text || ' ';
			last.columns += 1;
		} else {
			runs.push({x, columns: cell.width, text: cell.text || ' ', look});
		}
	}

	return runs.map(withoutEmptyEnd);
}

function withoutEmptyEnd(run: Run): Run {
	if (run.look.background !== undefined) return run;
	const text = run.text.trimEnd();
	return {...run, text, columns: run.columns - (run.text.length - text.length)};
}

function drawRow(runs: readonly Run[], y: number): string {
	const top = round(margin + y * cellHeight);
	return runs
		.map(({x, columns, text, look}) => {
			const left = round(margin + x * cellWidth);
			const width = round(columns * cellWidth);
			const box =
				look.background === undefined
					? ''
					: `<rect x="${left}" y="${top}" width="${width}" height="${cellHeight}" fill="${look.background}"/>`;
			if (text.trim() === '') return box;
			return `${box}<text x="${left}" y="${round(top + baseline)}" textLength="${width}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="${look.fill}"${look.attributes}>${escapeXml(text)}</text>`;
		})
		.join('');
}

function lookOf(cell: Cell): Look {
	const foreground = css(cell.foreground) ?? screenColors.foreground;
	const background = css(cell.background);
	const attributes = [
		cell.isBold ? ' font-weight="bold"' : '',
		cell.isItalic ? ' font-style="italic"' : '',
		cell.isUnderlined ? ' text-decoration="underline"' : '',
		cell.isDim ? ' opacity="0.6"' : '',
	].join('');
	return cell.isInverse
		? {fill: background ?? screenColors.background, background: foreground, attributes}
		: {fill: foreground, background, attributes};
}

function sameLook(one: Look, other: Look): boolean {
	return (
		one.fill === other.fill && one.background === other.background && one.attributes === other.attributes
	);
}

/** The colours of the 256-colour palette: sixteen of the theme, a 6x6x6 cube, 24 greys. */
function css(color: CellColor): string | undefined {
	if (color === 'default') return undefined;
	if (typeof color === 'string') return color;
	if (color < 16) return sixteen[color];
	if (color >= 232) return rgb([0, 0, 0].map(() => 8 + (color - 232) * 10));
	const index = color - 16;
	const levels = [Math.floor(index / 36), Math.floor(index / 6) % 6, index % 6];
	return rgb(levels.map(level => (level === 0 ? 0 : 55 + level * 40)));
}

function rgb(parts: readonly number[]): string {
	return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

const round = (value: number) => Math.round(value * 10) / 10;

function escapeXml(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
