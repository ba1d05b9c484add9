/**
 * How a terminal writes, as the SGR parameters that bring it there from its default: attributes in rising order,
 * then foreground, then background, such as `1;32` or `7;38;5;208`; empty for the default. Pens that write alike
 * are equal strings.
 */
export type Pen = string;

export const defaultPen: Pen = '';

/** Parameters of an SGR sequence, and how a sequence is written. */
export const sgr = /\x1b\[([\d;]*)m/;
const sequence = (parameters: readonly (number | string)[]): string => `\x1b[${parameters.join(';')}m`;

/** Takes any pen to the default. */
export const penReset: string = sequence([]);

/** The attributes that can be turned off again (ECMA-48 8.3.117): what ends each. 22 ends bold and faint alike. */
const ends = new Map([
	[1, 22],
	[2, 22],
	[3, 23],
	[4, 24],
	[5, 25],
	[7, 27],
	[8, 28],
	[9, 29],
	[53, 55],
]);
const endCodes = new Set(ends.values());

const inverse = 7;

type Parts = {
	readonly attributes: ReadonlySet<number>;
	/** SGR parameters of the colour; empty for the terminal's own. */
	readonly foreground: string;
	readonly background: string;
};

const isForeground = (code: number): boolean => (code >= 30 && code <= 38) || (code >= 90 && code <= 97);
const isBackground = (code: number): boolean => (code >= 40 && code <= 48) || (code >= 100 && code <= 107);

/** @returns the parameters of the colour at an index, or none when they are no colour. */
const colourAt = (codes: readonly number[], index: number): readonly number[] | undefined => {
	const code = codes[index] ?? 0;
	if (code !== 38 && code !== 48) return [code];
	const length = codes[index + 1] === 5 ? 3 : codes[index + 1] === 2 ? 5 : 0;
	const colour = codes.slice(index, index + length);
	return length > 0 && colour.length === length && colour.every(part => part <= 255) ? colour : undefined;
};

/** @returns nothing when a parameter is not known, so that what it does to the pen is not either. */
const apply = (before: Parts, codes: readonly number[]): Parts | undefined => {
	let attributes = new Set(before.attributes);
	let {foreground, background} = before;
	for (let index = 0; index < codes.length; index++) {
		const code = codes[index] ?? 0;
		if (code === 0) {
			attributes = new Set();
			foreground = '';
			background = '';
		} else if (ends.has(code)) attributes.add(code);
		else if (endCodes.has(code)) {
			for (const [on, off] of ends) if (off === code) attributes.delete(on);
		} else if (code === 39) foreground = '';
		else if (code === 49) background = '';
		else if (isForeground(code) || isBackground(code)) {
			const colour = colourAt(codes, index);
			if (colour === undefined) return undefined;
			if (isForeground(code)) foreground = colour.join(';');
			else background = colour.join(';');
			index += colour.length - 1;
		} else return undefined;
	}
	return {attributes, foreground, background};
};

const penOf = ({attributes, foreground, background}: Parts): Pen =>
	[...[...attributes].sort((a, b) => a - b), foreground, background].filter(part => part !== '').join(';');

const plain: Parts = {attributes: new Set(), foreground: '', background: ''};

const codesOf = (parameters: string): readonly number[] => parameters.split(';').map(Number);

const partsOf = (pen: Pen): Parts => (pen === '' ? plain : (apply(plain, codesOf(pen)) ?? plain));

const shorter = (one: string, other: string): string => (one.length <= other.length ? one : other);

const computeChange = (from: Pen, to: Pen): string => {
	if (to === defaultPen) return penReset;
	const [before, after] = [partsOf(from), partsOf(to)];
	const ended = new Set([...before.attributes.difference(after.attributes)].map(code => ends.get(code) ?? 0));
	const begun = [...after.attributes].filter(
		code => !before.attributes.has(code) || ended.has(ends.get(code) ?? 0),
	);
	const relative: (number | string)[] = [...ended, ...begun];
	if (before.foreground !== after.foreground) relative.push(after.foreground || 39);
	if (before.background !== after.background) relative.push(after.background || 49);
	return shorter(sequence(relative), sequence([0, to]));
};

/** Logs bring colours of their own, any of 16 million: the tables start anew when they get long. */
const ENTRIES_KEPT = 4096;

/** A function of two strings that looks up what it has computed before. */
const remember = <Result>(compute: (one: string, other: string) => Result) => {
	const results = new Map<string, {readonly result: Result}>();
	return (one: string, other: string): Result => {
		const key = `${one}>${other}`;
		const known = results.get(key);
		if (known !== undefined) return known.result;
		if (results.size >= ENTRIES_KEPT) results.clear();
		const result = compute(one, other);
		results.set(key, {result});
		return result;
	};
};

/** @returns the pen after an SGR sequence with these parameters; nothing when one of them is not known. */
export const penAfter: (pen: Pen, parameters: string) => Pen | undefined = remember((pen, parameters) => {
	const parts = apply(partsOf(pen), codesOf(parameters));
	return parts && penOf(parts);
});

const changeTable = remember(computeChange);

/** The shortest SGR sequence from one pen to another; empty when they are the same. */
export const penChange = (from: Pen, to: Pen): string => (from === to ? '' : changeTable(from, to));

const erases = remember(pen => {
	const {attributes, background} = partsOf(pen);
	return background === '' && !attributes.has(inverse);
});

/** Whether what is erased with this pen is blank: terminals fill it with the pen's background. */
export const erasesBlank = (pen: Pen): boolean => pen === defaultPen || erases(pen, '');
