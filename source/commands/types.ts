import type {Clock} from '../clock.ts';
import type {Engine} from '../engine/engine.ts';
import type {OpenRegistries} from '../registry/access-port.ts';
import type {State} from '../state/model.ts';
import type {ChoiceSpec, CommandInput, ConfirmSpec, FormSpec} from '../state/overlays.ts';
import type {Store} from '../state/store.ts';
import type {SecretVault} from './secret-vault.ts';

/** Where a key is heard. A key is looked up in the scopes of what has the focus, the nearest first. */
export const scopes = [
	'global',
	'lists',
	'containers',
	'containerList',
	'images',
	'imageList',
	'resources',
	'transfers',
	'events',
	'container',
	'reader',
	'logs',
	'stats',
	'processes',
	'inspect',
	'config',
	'network',
	'changes',
	'files',
	'content',
	'image',
	'layers',
	'layerFiles',
	'waste',
	'history',
	'imageConfig',
	'compare',
	'build',
	'registry',
	'registries',
	'repositories',
	'tags',
	'manifest',
	'search',
	'outdated',
	'transferLayers',
	'unconnected',
	'offline',
	'filter',
	'query',
	'menu',
	'dialog',
] as const;
export type Scope = (typeof scopes)[number];

export const scopeTitles: Readonly<Record<Scope, string>> = {
	global: 'Everywhere',
	lists: 'Lists',
	containers: 'Containers',
	containerList: 'The list of containers',
	images: 'Images',
	imageList: 'The list of images',
	resources: 'Resources',
	transfers: 'Transfers',
	events: 'Events',
	container: "A container's screen",
	reader: 'Full screens',
	logs: 'Logs',
	stats: 'Statistics',
	processes: 'Processes',
	inspect: 'Inspect',
	config: 'Configuration',
	network: 'Network and mounts',
	changes: 'Changes',
	files: 'Files',
	content: 'The content of a file',
	image: "An image's screen",
	layers: 'Layers',
	layerFiles: 'Files of a layer',
	waste: 'Wasted space',
	history: 'History',
	imageConfig: 'Configuration of an image',
	compare: 'Two images compared',
	build: 'A build',
	registry: 'The screen of registries',
	registries: 'Registries',
	repositories: 'Repositories of a registry',
	tags: 'Tags of a repository',
	manifest: 'What a tag stands for',
	search: 'Results of a search',
	outdated: 'Outdated containers',
	transferLayers: 'A transfer',
	unconnected: 'Before an engine has answered',
	offline: 'While the engine is away',
	filter: 'While typing a filter',
	query: 'While typing what to look for',
	menu: 'Menus',
	dialog: 'Dialogs and forms',
};

/** `danger` changes something on an engine and is off in a read-only session. */
export type CommandGroup = 'navigate' | 'view' | 'act' | 'danger';

/** The terminal outside Ink's frame. */
export type TerminalPort = {
	/** Hands the real terminal to `run` and repaints everything afterwards. */
	readonly suspend: (run: (terminal: RawTerminal) => Promise<void>) => Promise<void>;
	/** Writes the clipboard of the terminal (OSC 52); reaches through SSH. @returns false when it is too long for that. */
	readonly copy: (text: string) => boolean;
	/** Draws the whole screen again. */
	readonly repaint: () => void;
	/**
	 * Lends the terminal to a program of this machine until it ends. No shell is between.
	 * @param input what it reads; the keyboard stays its own through the terminal
	 * @throws when it cannot be started; the error's `code` is `ENOENT` when there is no such program
	 */
	readonly runProgram: (command: readonly string[], input: AsyncIterable<string>) => Promise<void>;
	/** For the person's own screen, once Gantry has left it. */
	readonly sayAfterwards: (text: string) => void;
};

/** Raw bytes from and to the person, while Ink is away. */
export type RawTerminal = {
	readonly columns: () => number;
	readonly rows: () => number;
	/** Text of our own. */
	readonly write: (text: string) => Promise<void>;
	/** Output of a program. @param isTty of one that has a terminal. */
	readonly show: (data: Uint8Array, isTty: boolean) => Promise<void>;
	/** Every byte as it was typed. @returns how to stop listening. */
	readonly onInput: (listener: (data: Uint8Array) => void) => () => void;
	readonly onResize: (listener: () => void) => () => void;
};

/** Shows web pages to the person. */
export type BrowserPort = {
	/** Why there is none here; absent when there is. */
	readonly absence: () => string | undefined;
	/** @throws Error when it cannot be started */
	readonly open: (url: string) => Promise<void>;
};

export type CommandContext = {
	readonly store: Store;
	readonly engine: Engine;
	readonly terminal: TerminalPort;
	readonly browser: BrowserPort;
	readonly clock: Clock;
	/** Accounts of this machine and the registries themselves; loaded when first asked for. */
	readonly registries: OpenRegistries;
	/** What is typed into a field of the kind `secret`: the state has its length alone. */
	readonly secrets: SecretVault;
	/** All there are. */
	readonly commands: readonly Command[];
	/** Aborts when Gantry leaves. */
	readonly signal: AbortSignal;
	/** Another number each time, for toasts and actions. */
	readonly nextId: () => number;
	/** Leaves Gantry. */
	readonly quit: () => void;
	/** Leaves this engine for another, by the id of an `EngineChoice`. */
	readonly openEngine: (id: string) => void;
	/** Runs another command, through its guards and questions. */
	readonly invoke: (commandId: string, input?: Partial<CommandInput>) => void;
	/** Answers the dialog on top. */
	readonly submit: () => void;
};

export type Command = {
	/** `containers.stop`; stable, config and docs use it. */
	readonly id: string;
	readonly scope: Scope;
	/** As it is typed in the palette; absent: the end of the id. */
	readonly name?: string;
	/** As the footer and the palette show it. */
	readonly title: string;
	/** One line: what it does. */
	readonly help: string;
	readonly keys: readonly string[];
	readonly group: CommandGroup;
	/** Rank in the footer, lower first; absent = not shown there. */
	readonly inFooter?: number;
	/** What may follow the name in the palette, e.g. `IMAGE`. */
	readonly argument?: string;
	/** Not offered in the palette: it only makes sense as a key. */
	readonly isKeyOnly?: boolean;
	/** Why it cannot be done now; absent when it can. */
	readonly disabledReason?: (state: State) => string | undefined;
	/** The objects it will work on, fixed when it is invoked. */
	readonly targets?: (state: State) => readonly string[];
	/** Asks before it runs; nothing when what it needs is there already. */
	readonly form?: (state: State, input: CommandInput) => FormSpec | undefined;
	/** Asks the engine what the form begins with; the form is there, and waits for it. */
	readonly prefill?: (
		context: CommandContext,
		input: CommandInput,
	) => Promise<Readonly<Record<string, string>>>;
	readonly choice?: (state: State, input: CommandInput) => ChoiceSpec | undefined;
	/** Its open questions are worded anew when this is another one: what they tell was still being found out. */
	readonly follows?: (state: State) => unknown;
	readonly confirm?: (state: State, input: CommandInput) => ConfirmSpec | undefined;
	/** A form stays open, with what was typed, when this throws a `FormProblem`. */
	readonly run: (context: CommandContext, input: CommandInput) => Promise<void> | void;
};

/** Thrown by a command whose form was filled in wrongly; the form stays and shows it. */
export class FormProblem extends Error {
	override readonly name = 'FormProblem';

	constructor(
		message: string,
		readonly field?: string,
	) {
		super(message);
	}
}
