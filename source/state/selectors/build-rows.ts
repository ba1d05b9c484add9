import type {BuildRow} from '../../resources/build.ts';
import type {State} from '../model.ts';

const none: readonly BuildRow[] = [];

export const selectBuildRows = (_state: State): readonly BuildRow[] => none;
