import {asciiGlyphs, type Glyphs, unicodeGlyphs} from './glyphs.ts';
import {type Colours, palettes} from './palettes.ts';
import {apply} from './style.ts';
import type {Token} from './tokens.ts';

export type ThemeOptions = {readonly colours: Colours; readonly isUnicode: boolean};

export type Theme = ThemeOptions & {
	/** The text in the look of the token; `undefined` leaves it as it is. Nests. */
	readonly paint: (token: Token | undefined, text: string) => string;
	readonly glyphs: Glyphs;
	/** The text in characters that the terminal can show; as it is where that is Unicode. */
	readonly spell: (text: string) => string;
};

export const createTheme = ({colours, isUnicode}: ThemeOptions): Theme => {
	const palette = palettes[colours];
	return {
		colours,
		isUnicode,
		paint: (token, text) => (token === undefined ? text : apply(palette[token], text)),
		glyphs: isUnicode ? unicodeGlyphs : asciiGlyphs,
		spell: isUnicode ? text => text : text => text.replace(/[^\x20-\x7e]/gu, '?'),
	};
};
