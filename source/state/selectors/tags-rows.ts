import type {TagRow} from '../../resources/tags.ts';
import type {State} from '../model.ts';

const none: readonly TagRow[] = [];

export const selectTagsRows = (_state: State): readonly TagRow[] => none;
