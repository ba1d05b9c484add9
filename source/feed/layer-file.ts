import type {LayersDemand} from '../state/views/layers.ts';
import type {Session} from './context.ts';

/** Reads the head of one file of a layer. */
export const createLayerFile = (_session: Session) => ({
	meet(_layers: LayersDemand | undefined): void {},
});
