import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';

export type Files = {readonly meet: (demand: Demand) => void};

export const createFiles = (_session: Session): Files => ({meet() {}});
