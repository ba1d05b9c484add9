import type {Call, EngineOptions} from './call.ts';

export type Option = {
	/** As help shows it: `--host`. */
	readonly name: string;
	/** Other spellings: `-H`. */
	readonly also?: readonly string[];
	readonly takes: 'value' | 'nothing';
};

/** What was said, each option by its name; of one that was said twice the last. */
export type Said = {
	readonly value: (name: string) => string | undefined;
	/** All of them, in their order. */
	readonly values: (name: string) => readonly string[];
	readonly has: (name: string) => boolean;
	/** What is no option. */
	readonly words: readonly string[];
};

/** One of the ways to call Gantry: the dashboard, or a command. */
export type CommandLine = {
	readonly help: string;
	readonly options: readonly Option[];
	/** What its words are called; all of them must be there. */
	readonly words: readonly string[];
	/** What may follow them. */
	readonly optionalWords?: readonly string[];
	/** As many as one likes may follow. */
	readonly isOpenEnded?: boolean;
	/** Leaves with docker's codes when it is called wrongly: 125 for an option, 1 for a word. */
	readonly isLikeDocker?: boolean;
	/** Of its help, in the words of the program. */
	readonly hint: string;
	/** @returns what is to be done, or one clause that says what is wrong */
	readonly read: (said: Said) => Call | string;
};

export const engineOptions: readonly Option[] = [
	{name: '--host', also: ['-H'], takes: 'value'},
	{name: '--context', also: ['-c'], takes: 'value'},
	{name: '--demo', takes: 'nothing'},
];

export const questions: readonly Option[] = [
	{name: '--version', also: ['-v'], takes: 'nothing'},
	{name: '--help', also: ['-h'], takes: 'nothing'},
];

/** @returns the engine that is meant, or what is wrong */
export const readEngineOptions = ({value, has}: Said): EngineOptions | string => {
	const host = value('--host');
	const context = value('--context');
	if (host !== undefined && context !== undefined) return '--host and --context exclude each other';
	if (has('--demo') && (host !== undefined || context !== undefined))
		return `--demo and ${host === undefined ? '--context' : '--host'} exclude each other`;
	return {
		...(has('--demo') ? {demo: 'always'} : has('--or-demo') ? {demo: 'fallback'} : {}),
		...(host === undefined ? {} : {host}),
		...(context === undefined ? {} : {context}),
	};
};
