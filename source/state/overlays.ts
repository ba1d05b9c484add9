import type {TextValue} from './text-edit.ts';

/** What a command was asked to work on and with; fixed when its key is pressed, so a moving list cannot change it. */
export type CommandInput = {
	/** Keys of the rows to work on: those marked, in the order in which they were marked, else the cursor's. */
	readonly targets: readonly string[];
	/** What followed the command's name in the palette. */
	readonly argument?: string;
	/** Answers of a form, by field id; a toggle is `yes` or empty. */
	readonly values?: Readonly<Record<string, string>>;
	/** What a form begins with, by field id; what a command's `prefill` has found out, or another command proposes. */
	readonly prefill?: Readonly<Record<string, string>>;
};

export type FieldSpec = {
	readonly id: string;
	readonly label: string;
	/** What may be typed, shown dim while empty. */
	readonly hint: string;
	/** `secret`: what is typed is kept in the vault of secrets, the value here is a star for each character. */
	readonly kind: 'text' | 'secret' | 'toggle';
	readonly initial: string;
	/** One line that names the value and the rule, or nothing when it is fine. */
	readonly check?: (value: string) => string | undefined;
	/** What a value that is fine comes to: where it goes, what it means. */
	readonly note?: (value: string) => string | undefined;
};

export type FormSpec = {
	readonly title: string;
	/** What will be done, e.g. `Run`. */
	readonly action: string;
	readonly fields: readonly FieldSpec[];
	/** Id of the field that the cursor begins on; absent: the first. */
	readonly start?: string;
};

export type ConfirmSpec = {
	readonly title: string;
	readonly lines: readonly string[];
	/** All that it is about, one a line: scrolled where there is no room for it. */
	readonly list?: readonly string[];
	readonly action: string;
	readonly toggles: readonly {readonly id: string; readonly key: string; readonly label: string}[];
	/** With some toggles the action cannot be done: why not. */
	readonly blocked?: (toggles: Readonly<Record<string, boolean>>) => string | undefined;
	/** To be typed before it is done, e.g. the number of objects. */
	readonly mustType?: string;
};

export type ChoiceSpec = {
	readonly title: string;
	readonly items: readonly {readonly id: string; readonly label: string; readonly note?: string}[];
	/** Field id under which the choice is handed to the command. */
	readonly field: string;
	readonly initial?: string;
};

export type Overlay =
	| {
			readonly kind: 'help';
			readonly query: TextValue;
			readonly offset: number;
			readonly scopes: readonly string[];
	  }
	| {readonly kind: 'palette'; readonly query: TextValue; readonly cursor: number}
	| {readonly kind: 'messages'; readonly offset: number}
	| {
			readonly kind: 'confirm';
			readonly commandId: string;
			readonly input: CommandInput;
			readonly spec: ConfirmSpec;
			readonly toggles: Readonly<Record<string, boolean>>;
			readonly typed: TextValue;
			/** First line of the list that is shown; absent: the first. */
			readonly offset?: number;
			/** Why it is asked again. */
			readonly notice?: string;
	  }
	| {
			readonly kind: 'form';
			readonly commandId: string;
			readonly input: CommandInput;
			readonly spec: FormSpec;
			readonly values: Readonly<Record<string, TextValue>>;
			readonly cursor: number;
			/** What the engine or a check refused at the last try. */
			readonly problem?: string;
			/** The command is running with these values, or they are still to come. */
			readonly isBusy: boolean;
			/** How far it is, while it is busy. */
			readonly progress?: string;
			/** The engine is asked what to begin with. */
			readonly isFilling?: boolean;
	  }
	| {
			readonly kind: 'choice';
			readonly commandId: string;
			readonly input: CommandInput;
			readonly spec: ChoiceSpec;
			readonly cursor: number;
	  };
