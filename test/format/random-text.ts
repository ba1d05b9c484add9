/** Texts for property tests, the same in every run. */
const ALPHABET = [
	'a',
	'Z',
	'0',
	' ',
	'-',
	'/',
	':',
	'é',
	'e\u0301',
	'\u0301',
	'\u20e3',
	'漢',
	'字',
	'한',
	'ᄀ',
	'ᅡ',
	'ｶ',
	'ﾞ',
	'👍',
	'🏽',
	'👩\u200d👩\u200d👧',
	'❤️',
	'1️⃣',
	'🇩🇪',
	'🇩',
	'ש',
	'ع',
	'\u0600',
	'ำ',
	'กำ',
	'नि',
	'क्ष',
	'\u200b',
	'\u200d',
	'\u200e',
	'\u202e',
	'\u2066',
	'\ufeff',
	'\u00ad',
	'\u3164',
	'\ufe0f',
	'\ufe0e',
	'\u2028',
	'\ud83d',
	'\udc00',
	'\ue0b0',
	'\u{e0067}',
	'\x00',
	'\x07',
	'\x08',
	'\x1b',
	'\x1b[31m',
	'\x1b[2J',
	'\x1b[',
	'\x1b]0;title\x07',
	'\x1b]52;c;QQ==\x1b\\',
	'\x1b]8;;http://x\x1b\\',
	'\x1bPq\x1b\\',
	'\x1b_x',
	'\x9b5m',
	'\x9b',
	'\x9d0;x\x9c',
	'\x90',
	'\x85',
	'\x7f',
	'\t',
	'\r',
	'\n',
] as const;

/** A small linear congruential generator; good enough to pick letters. */
const createRandom = (seed: number) => {
	let state = seed >>> 0;
	return (below: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
};

export function* randomTexts(count: number, seed = 1): Generator<string> {
	const random = createRandom(seed);
	for (let index = 0; index < count; index++)
		yield Array.from({length: random(14)}, () => ALPHABET[random(ALPHABET.length)]).join('');
}
