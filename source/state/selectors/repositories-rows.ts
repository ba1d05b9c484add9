import type {RepositoryRow} from '../../resources/repositories.ts';
import type {State} from '../model.ts';

const none: readonly RepositoryRow[] = [];

export const selectRepositoriesRows = (_state: State): readonly RepositoryRow[] => none;
