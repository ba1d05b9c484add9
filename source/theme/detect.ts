import type {Colours} from './palettes.ts';
import type {ThemeOptions} from './theme.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): value is string => value !== undefined && value !== '';

const detectColours = (env: Environment): Colours => {
	const term = env.TERM ?? '';
	// https://no-color.org: any value but the empty one.
	if (isSet(env.NO_COLOR) || term === 'dumb') return 'none';
	if (/^(?:truecolor|24bit)$/i.test(env.COLORTERM ?? '') || /-direct$/.test(term)) return 'truecolour';
	return /256/.test(term) ? 256 : 16;
};

/** The first of the three that is set decides, as in POSIX; none set is the C locale, which is not UTF-8. */
const detectUnicode = (env: Environment): boolean => {
	if (env.TERM === 'dumb') return false;
	const locale = [env.LC_ALL, env.LC_CTYPE, env.LANG].find(isSet) ?? '';
	return /utf-?8/i.test(locale);
};

/** What the terminal can show, by its environment. Without a terminal: no colours. */
export const detectTheme = (env: Environment, isTty: boolean): ThemeOptions => ({
	colours: isTty ? detectColours(env) : 'none',
	isUnicode: detectUnicode(env),
});
