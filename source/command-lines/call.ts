import type {PullLine} from '../format/pull-line.ts';
import type {CiRules} from '../layers/reports/ci.ts';
import type {RegistryHost} from '../registry/types.ts';
import type {ImportTask} from '../state/views/image-jobs.ts';

/** Which engine is meant. */
export type EngineOptions = {
	readonly host?: string;
	readonly context?: string;
	/** The embedded engine: asked for, or wanted when no engine was named and none answers; absent = never. */
	readonly demo?: 'always' | 'fallback';
};

/** How the dashboard, or its snapshot, was called. */
export type Options = EngineOptions & {
	/** Print one snapshot and leave. */
	readonly isOnce: boolean;
	readonly isJson: boolean;
	readonly isReadOnly: boolean;
	/** Stop and restart without asking. */
	readonly isTrusting: boolean;
	/** How much of a log is kept, where it was said. */
	readonly logLines?: number;
	readonly logBytes?: number;
	/** How many transfers run at the same time, where it was said. */
	readonly transferLimit?: number;
};

/** How `gantry layers` was called. */
export type LayersOptions = EngineOptions & {
	/** An image, an archive or a directory, as it was said. */
	readonly target: string;
	/** Of an archive with several images the name of one. */
	readonly reference?: string;
	/** `os/architecture[/variant]`. */
	readonly platform?: string;
	readonly isJson: boolean;
	/** The entries of each layer are in the JSON. */
	readonly hasFiles: boolean;
	/** How many of the wasted paths are shown. */
	readonly wasteItems: number;
	readonly isBaseExcluded: boolean;
	/** So many of the lowest layers are the base. */
	readonly baseLayers: number;
	readonly isDiveCompatible: boolean;
	readonly isCached: boolean;
	/** Present: rules are checked. */
	readonly ci?: {
		/** Absent: `.dive-ci` of the working directory, if there is one. */
		readonly file?: string;
		/** They count more than those of the file. */
		readonly rules: Partial<CiRules>;
	};
};

/** How `gantry import` was called. */
export type ImportOptions = EngineOptions & {readonly task: ImportTask};

/** How a command tells what it does: for people, for scripts, or its result alone. */
export type Telling = 'text' | 'json' | 'quiet';

/** How `gantry pull` was called. */
export type PullOptions = EngineOptions & {
	readonly telling: Telling;
	/** One after the other. */
	readonly pulls: readonly PullLine[];
};

/** How `gantry push` was called. */
export type PushOptions = EngineOptions & {
	readonly telling: Telling;
	/** With a tag each; repositories where all tags are meant. */
	readonly references: readonly string[];
	readonly isAllTags: boolean;
};

/** How `gantry search` was called. */
export type SearchOptions = EngineOptions & {
	readonly isJson: boolean;
	readonly term: string;
	/** 1 to 100. */
	readonly limit: number;
	readonly isOfficialOnly: boolean;
	readonly minStars: number;
	/** Descriptions are not cut. */
	readonly isWhole: boolean;
};

/** How `gantry tags` was called. */
export type TagsOptions = EngineOptions & {
	readonly isJson: boolean;
	readonly repository: string;
	/** What each tag stands for is asked too. */
	readonly hasDigests: boolean;
};

/** How `gantry login` was called. */
export type LoginOptions = EngineOptions & {
	readonly registry: RegistryHost;
	readonly username?: string;
	/** The password comes through a pipe. */
	readonly isFromStdin: boolean;
	readonly isJson: boolean;
};

/** How `gantry logout` was called. */
export type LogoutOptions = {readonly registry: RegistryHost; readonly isJson: boolean};

/** A command about registries. */
export type TransferCall =
	| {readonly kind: 'pull'; readonly options: PullOptions}
	| {readonly kind: 'push'; readonly options: PushOptions}
	| {readonly kind: 'search'; readonly options: SearchOptions}
	| {readonly kind: 'tags'; readonly options: TagsOptions}
	| {readonly kind: 'login'; readonly options: LoginOptions}
	| {readonly kind: 'logout'; readonly options: LogoutOptions};

/** What a command line asks for. */
export type Call =
	| {readonly kind: 'run'; readonly options: Options}
	| {readonly kind: 'layers'; readonly options: LayersOptions}
	| {readonly kind: 'import'; readonly options: ImportOptions}
	| TransferCall
	/** Print the text and leave with this code; usage errors (2, or docker's 1 and 125) go to stderr. */
	| {readonly kind: 'print'; readonly text: string; readonly exitCode: 0 | 1 | 2 | 125};
