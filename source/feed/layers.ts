import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';

export const createLayers = (_session: Session) => ({
	meet(_demand: Demand): void {},
});
