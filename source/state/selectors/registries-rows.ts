import type {RegistryRow} from '../../resources/registries.ts';
import type {State} from '../model.ts';

const none: readonly RegistryRow[] = [];

export const selectRegistriesRows = (_state: State): readonly RegistryRow[] => none;
