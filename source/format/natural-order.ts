/** Printable ASCII in the order of the Unicode collation for English (CLDR root); letters count without their case. */
const ascending = ' _-,;:!?.\'"()[]{}@*/\\&#%`^+<=>|~$0123456789abcdefghijklmnopqrstuvwxyz';

const ranks = new Uint8Array(128);
for (const [index, character] of [...ascending].entries()) {
	ranks[character.charCodeAt(0)] = index + 1;
	ranks[character.toUpperCase().charCodeAt(0)] = index + 1;
}

const isRanked = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Where the run of digits that begins at `from` ends. */
const runEnd = (text: string, from: number): number => {
	let end = from;
	while (isDigit(text.charCodeAt(end))) end++;
	return end;
};

const withoutZeros = (digits: string): string => digits.replace(/^0+/, '');

const compareRuns = (left: string, right: string): number => {
	const [a, b] = [withoutZeros(left), withoutZeros(right)];
	if (a.length !== b.length) return a.length - b.length;
	return a < b ? -1 : a > b ? 1 : 0;
};

const compareAscii = (left: string, right: string): number => {
	let byCase = 0;
	let i = 0;
	let j = 0;
	while (i < left.length && j < right.length) {
		const a = left.charCodeAt(i);
		const b = right.charCodeAt(j);
		if (isDigit(a) && isDigit(b)) {
			const [endA, endB] = [runEnd(left, i), runEnd(right, j)];
			const order = compareRuns(left.slice(i, endA), right.slice(j, endB));
			if (order !== 0) return order;
			i = endA;
			j = endB;
			continue;
		}
		if (a !== b) {
			const order = (ranks[a] ?? 0) - (ranks[b] ?? 0);
			if (order !== 0) return order;
			if (byCase === 0) byCase = b - a;
		}
		i++;
		j++;
	}
	return left.length - i - (right.length - j) || byCase;
};

let collator: Intl.Collator | undefined;

/**
 * The order in which a person looks for names: `api-2` before `api-10`, case only where all else is equal. That of
 * `Intl.Collator('en', {numeric: true})`, whose tables cost 15 ms before the first frame: they are loaded for names
 * that are not ASCII.
 */
export const naturalOrder = (left: string, right: string): number => {
	if (isRanked(left) && isRanked(right)) return compareAscii(left, right);
	collator ??= new Intl.Collator('en', {numeric: true});
	return collator.compare(left, right);
};
