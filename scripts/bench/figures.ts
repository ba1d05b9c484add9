import {embeddedFigures} from './embedded-figures.ts';
import type {Figure} from './figure.ts';
import {layerFigures} from './layers/figures.ts';
import {pullFigures} from './pulls/figures.ts';
import {realFigures} from './real-figures.ts';

/** In the order of the table. */
export const figures: readonly Figure[] = [
	...realFigures,
	...embeddedFigures,
	...layerFigures,
	...pullFigures,
];
