import type {Size} from '../../source/output/frame-writer.ts';

/** Numbers from 0 up to a bound; the same for the same seed (mulberry32). */
export type Random = (below: number) => number;

export const createRandom = (seed: number): Random => {
	let state = seed >>> 0;
	return below => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
	};
};

type Glyph = {readonly text: string; readonly width: number};

const glyphs = (width: number, ...texts: readonly string[]): readonly Glyph[] =>
	texts.map(text => ({text, width}));

const narrow = glyphs(1, ...'0123456789', ...'abz', ' ', ' ', ' ', '│', '─', '▅', '●', '…', 'é');
const wide = glyphs(2, '漢', '字', 'か', '한', 'Ａ');
/** Uncertain ones for which the emulator's table and `string-width` agree. */
const agreed = [...glyphs(1, 'e\u0301', 'क', 'ש', '\ue0b0'), ...glyphs(2, '👍', '🚢')];
const disputed = glyphs(2, '👩\u200d👩\u200d👧', '🇩🇪', '1️⃣', '👍🏽', '❤️');

export type Alphabet = 'agreed' | 'disputed';

const alphabets: Readonly<Record<Alphabet, readonly (readonly Glyph[])[]>> = {
	agreed: [narrow, narrow, narrow, narrow, narrow, narrow, wide, agreed],
	disputed: [narrow, narrow, narrow, narrow, narrow, narrow, wide, agreed, disputed],
};

/** A cell's text, or an SGR sequence, which takes no cell. */
type Piece = Glyph;
type Line = readonly Piece[];

const textOf = (line: Line): string => line.map(({text}) => text).join('');

const pick = <Value>(random: Random, values: readonly Value[]): Value =>
	values[random(values.length)] as Value;

const codes = [
	'',
	'0',
	'1',
	'2',
	'3',
	'4',
	'5',
	'7',
	'8',
	'9',
	'53',
	'22',
	'23',
	'24',
	'25',
	'27',
	'28',
	'29',
];

const colour = (random: Random): string => {
	const base = pick(random, [30, 40]);
	return pick(random, [
		`${base + random(8)}`,
		`${base + 60 + random(8)}`,
		`${base + 9}`,
		`${base + 8};5;${random(256)}`,
		`${base + 8};2;${random(256)};${random(256)};${random(256)}`,
	]);
};

const style = (random: Random): Piece => {
	const count = 1 + random(3);
	const parameters = Array.from({length: count}, () =>
		random(2) === 0 ? pick(random, codes) : colour(random),
	);
	return {text: `\x1b[${parameters.join(';')}m`, width: 0};
};

const widthOf = (line: Line): number => line.reduce((sum, piece) => sum + piece.width, 0);

const fitting = (line: Line, columns: number): Line => {
	let used = 0;
	return line.filter(({width}) => {
		const fits = used + width <= columns;
		if (fits) used += width;
		return fits;
	});
};

const randomLine = (random: Random, columns: number, alphabet: Alphabet, anyStyle = style): Line => {
	const length = random(4) === 0 ? columns : random(columns + 1);
	const line: Piece[] = [];
	while (widthOf(line) < length)
		line.push(random(5) === 0 ? anyStyle(random) : pick(random, pick(random, alphabets[alphabet])));
	return fitting(line, columns);
};

const changed = (random: Random, line: Line, columns: number, alphabet: Alphabet): Line => {
	const at = random(line.length + 1);
	const count = random(4);
	const rest = line.slice(at + random(count + 2));
	switch (random(8)) {
		case 0:
			return randomLine(random, columns, alphabet);
		case 1:
			return line.slice(0, at);
		case 2:
			return fitting([...line.slice(0, at), style(random), ...line.slice(at)], columns);
		case 3:
			return fitting([...line, ...randomLine(random, 5, alphabet)], columns);
		default: {
			const added = Array.from({length: count}, () => pick(random, pick(random, alphabets[alphabet])));
			return fitting([...line.slice(0, at), ...added, ...rest], columns);
		}
	}
};

/** Ink understands sequences of one parameter or colour; a theme writes no others. */
const themeStyle = (random: Random): Piece => ({
	text: `\x1b[${pick(random, [colour(random), '1', '2', '22', '7', '27', '0'])}m`,
	width: 0,
});

/** Finished lines, as panes have them: all styles closed at their ends. */
export const randomLines = (random: Random, {columns, rows}: Size): readonly string[] =>
	Array.from({length: rows}, () => `${textOf(randomLine(random, columns, 'agreed', themeStyle))}\x1b[0m`);

const randomSize = (random: Random): Size => ({columns: 1 + random(40), rows: 1 + random(8)});

export type Step = {readonly size: Size; readonly frame: string};

/** Frames as a program draws them: each like the one before it in all but some places; sizes change now and then. */
export function* randomSteps(random: Random, count: number, alphabet: Alphabet): Generator<Step> {
	let size = randomSize(random);
	let lines: readonly Line[] = [];
	for (let step = 0; step < count; step++) {
		if (random(12) === 0) size = randomSize(random);
		const {columns, rows} = size;
		if (random(15) === 0) lines = [...lines.slice(1), []];
		lines = Array.from({length: rows}, (_, row) => {
			const line = fitting(lines[row] ?? [], columns);
			return random(3) === 0 ? changed(random, line, columns, alphabet) : line;
		});
		const shown = lines.map(textOf);
		yield {size, frame: shown.slice(0, random(20) === 0 ? random(rows + 1) : rows).join('\n')};
	}
}
