import type {ManifestRow} from '../../resources/manifest.ts';
import type {State} from '../model.ts';

const none: readonly ManifestRow[] = [];

export const selectManifestRows = (_state: State): readonly ManifestRow[] => none;
