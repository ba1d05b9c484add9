import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';

export const createImage = (_session: Session) => ({
	meet(_demand: Demand): void {},
});
