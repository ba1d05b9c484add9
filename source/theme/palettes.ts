import {bold, both, faint, indexed, inverse, palette, plain, rgb, type Style} from './style.ts';
import type {Token} from './tokens.ts';

export type Colours = 'none' | 16 | 256 | 'truecolour';

export type Palette = Readonly<Record<Token, Style>>;

/** Hues that read on a light and on a dark ground alike. */
type Hues = {
	readonly dim: Style;
	readonly accent: Style;
	readonly good: Style;
	readonly watch: Style;
	readonly trouble: Style;
	readonly info: Style;
};

const compose = (hues: Hues): Palette => ({
	text: plain,
	...hues,
	selection: inverse,
	selectionIdle: bold,
	mark: hues.accent,
	border: hues.dim,
	borderFocused: hues.accent,
	title: bold,
	titleFocused: both(bold, hues.accent),
	header: hues.dim,
	key: hues.accent,
	cursor: inverse,
});

const monochrome: Palette = {
	...compose({dim: faint, accent: bold, good: plain, watch: bold, trouble: bold, info: plain}),
	titleFocused: both(bold, inverse),
};

export const palettes: Readonly<Record<Colours, Palette>> = {
	none: monochrome,
	16: compose({
		dim: faint,
		accent: palette(36),
		good: palette(32),
		watch: palette(33),
		trouble: palette(31),
		info: palette(34),
	}),
	256: compose({
		dim: indexed(245),
		accent: indexed(37),
		good: indexed(71),
		watch: indexed(172),
		trouble: indexed(167),
		info: indexed(68),
	}),
	truecolour: compose({
		dim: rgb(0x8a8a8a),
		accent: rgb(0x1f9fb0),
		good: rgb(0x4c9f5f),
		watch: rgb(0xc8861d),
		trouble: rgb(0xd5525a),
		info: rgb(0x4f86cc),
	}),
};
