import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';

export type Processes = {readonly meet: (demand: Demand) => void};

export const createProcesses = (_session: Session): Processes => ({meet() {}});
