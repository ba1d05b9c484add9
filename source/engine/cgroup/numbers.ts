/** The number that a text begins with; `undefined` for anything else, such as `max`. */
export const wholeNumber = (text: string | undefined): number | undefined => {
	const number = text === undefined ? Number.NaN : Number.parseInt(text, 10);
	return Number.isNaN(number) ? undefined : number;
};

/** The most digits a counter of 64 bits has. */
const longest = 20;

/** The number on the line that begins with `name` and a blank. */
export const numberOf = (text: string, name: string): number | undefined => {
	const key = `${name} `;
	const before = text.indexOf(`\n${key}`);
	if (before < 0 && !text.startsWith(key)) return undefined;
	const at = (text.startsWith(key) ? 0 : before + 1) + key.length;
	return wholeNumber(text.slice(at, at + longest));
};
