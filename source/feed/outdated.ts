import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';

export const createOutdated = (_session: Session): {readonly meet: (demand: Demand) => void} => ({
	meet() {},
});
