import type {Glyphs} from '../theme/glyphs.ts';

const FRAME_MS = 120;

/** The frame of the spinner at a moment of the shared clock (epoch ms); one cell. */
export const spinnerFrame = ({spinner}: Glyphs, now: number): string =>
	spinner[Math.floor(now / FRAME_MS) % spinner.length] ?? ' ';
