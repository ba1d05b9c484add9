import {Lines} from './lines.tsx';
import {type PaneContent, paneLines} from './pane-lines.ts';

/** Outer cells and rows of a part of the screen. */
export type Size = {readonly width: number; readonly height: number};

/** A titled frame of exactly `width` × `height` cells around finished lines. */
export const Pane = (pane: PaneContent) => (
	<Lines lines={paneLines(pane)} width={pane.width} height={pane.height} />
);
