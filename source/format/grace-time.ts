import {accept, type Parsed, refuse} from './parsed.ts';

const mostSeconds = 86_400;

/** How long a container may take to end before it is killed, in whole seconds: `30`, `30s`, `0`. */
export const parseGrace = (text: string): Parsed<number> => {
	const digits = /^(\d{1,6}) ?s?$/i.exec(text.trim())?.[1];
	return digits !== undefined && Number(digits) <= mostSeconds
		? accept(Number(digits))
		: refuse(text, `a grace period is 0 to ${mostSeconds} seconds, such as 30`);
};
