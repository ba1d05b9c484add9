import {cut} from './cells.ts';
import {sanitise} from './sanitise.ts';

/** What became of a text that somebody typed; the reason is one line that names the value and the rule. */
export type Parsed<Value> =
	| {readonly ok: true; readonly value: Value}
	| {readonly ok: false; readonly reason: string};

export type Refusal = Extract<Parsed<never>, {ok: false}>;

const MAX_QUOTED_CELLS = 40;

export const accept = <Value>(value: Value): Parsed<Value> => ({ok: true, value});

/** @param rule says what a value must be, e.g. `a port is 1 to 65535` */
export const refuse = (value: string, rule: string): Refusal => ({
	ok: false,
	reason: `"${cut(sanitise(value), MAX_QUOTED_CELLS, 'middle')}": ${rule}`,
});
