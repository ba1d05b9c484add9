import type {ContainerFacts} from '../../engine/container-facts.ts';
import type {JsonValue} from '../../engine/types.ts';
import type {Loading} from '../loading.ts';

/** The tabs that read what an inspect tells as tables. */
export const factsTabs = ['config', 'network'] as const;
export type FactsTab = (typeof factsTabs)[number];

/** The engine's JSON of one object, for reading; what was loaded stays when a later load fails. */
export type DocumentState = {
	readonly objectKind: 'container' | 'image';
	readonly objectId: string;
	readonly title: string;
	/** Absent until it was loaded. */
	readonly value?: JsonValue;
	/** What it tells of a container. */
	readonly facts?: ContainerFacts;
	readonly loading: Loading;
	/** Paths of the branches, and of the long texts, that stand open. */
	readonly unfolded: ReadonlySet<string>;
	/** Secrets are shown as they are. */
	readonly isRevealed: boolean;
	/** Path of the row from which something is looked for. */
	readonly findFrom?: string;
	/** First line shown, by tab. */
	readonly offsets: Readonly<Record<FactsTab, number>>;
};

export type DocumentMessage =
	/** From now on these branches stand open, and no others. */
	| {readonly type: 'document/unfolded'; readonly unfolded: ReadonlySet<string>}
	| {readonly type: 'document/secrets-toggled'}
	/** Something is looked for from this row on. */
	| {readonly type: 'document/find-began'; readonly path: string};
