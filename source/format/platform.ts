import {accept, type Parsed, refuse} from './parsed.ts';

const part = '[a-z0-9][a-z0-9_.]*';
const whole = new RegExp(`^${part}(?:/${part}){0,2}$`);

/** `os[/architecture[/variant]]` as engines take it, in lower case. */
export const parsePlatform = (text: string): Parsed<string> => {
	const platform = text.trim().toLowerCase();
	return whole.test(platform)
		? accept(platform)
		: refuse(text, 'a platform is os[/architecture[/variant]], such as linux/arm64 or linux/arm/v7');
};
