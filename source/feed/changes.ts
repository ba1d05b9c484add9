import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';

export type Changes = {readonly meet: (demand: Demand) => void};

export const createChanges = (_session: Session): Changes => ({meet() {}});
