/** One way to log in that an answer offers. RFC 9110, 11.6.1. */
export type Challenge = {
	/** In lower case. */
	readonly scheme: string;
	/** Names in lower case. */
	readonly parameters: ReadonlyMap<string, string>;
};

const parameter = /^([\w!#$%&'*+.^`|~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s"]*))$/;
const schemeAndRest = /^([\w!#$%&'*+.^`|~-]+)(?:\s+(.*))?$/s;

/** At the commas outside of quotes. */
const elements = (header: string): readonly string[] => {
	const found: string[] = [];
	let start = 0;
	let isQuoted = false;
	for (let at = 0; at <= header.length; at++) {
		const sign = header[at];
		if (isQuoted && sign === '\\') at++;
		else if (sign === '"') isQuoted = !isQuoted;
		else if (sign === undefined || (sign === ',' && !isQuoted)) {
			found.push(header.slice(start, at).trim());
			start = at + 1;
		}
	}
	return found.filter(Boolean);
};

const addParameter = (text: string, to: Map<string, string>): boolean => {
	const [, name, quoted, bare = ''] = parameter.exec(text) ?? [];
	if (name === undefined) return false;
	to.set(name.toLowerCase(), quoted === undefined ? bare : quoted.replaceAll(/\\(.)/gs, '$1'));
	return true;
};

/** What a `WWW-Authenticate` offers, in its order; what cannot be understood is left out. */
export const parseChallenges = (header: string): readonly Challenge[] => {
	const challenges: {readonly scheme: string; readonly parameters: Map<string, string>}[] = [];
	for (const text of elements(header)) {
		const current = challenges.at(-1);
		if (current !== undefined && addParameter(text, current.parameters)) continue;
		const [, scheme, rest] = schemeAndRest.exec(text) ?? [];
		if (scheme === undefined) continue;
		const parameters = new Map<string, string>();
		if (rest !== undefined) addParameter(rest.trim(), parameters);
		challenges.push({scheme: scheme.toLowerCase(), parameters});
	}
	return challenges;
};
