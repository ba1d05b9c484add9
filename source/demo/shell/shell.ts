import {programs} from './programs.ts';
import {complain, type Effect, type Running, type ShellState} from './shell-host.ts';
import {type Token, tokensOf} from './tokens.ts';

const shells: readonly string[] = ['sh', 'bash', 'ash'];

export const nameOfProgram = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether there is such a program, by its name or path. */
export const isProgram = (path: string): boolean => {
	const name = nameOfProgram(path);
	return shells.includes(name) || Object.hasOwn(programs, name);
};

/**
 * Runs a program by its arguments: one of the little ones, or the shell: `sh -c 'echo hi'`, or reading its input.
 */
export function* runProgram(argv: readonly string[], shell: ShellState): Running {
	const [path = '', ...args] = argv;
	const name = nameOfProgram(path);
	if (!shells.includes(name)) return yield* runWords([path, ...args], shell);
	const at = args.findIndex(arg => /^-\w*c$/.test(arg));
	if (at >= 0) return (yield* runScript(args[at + 1] ?? '', shell)).code;
	return yield* readAndRun(shell);
}

function* readAndRun(shell: ShellState): Running {
	for (;;) {
		if (shell.isInteractive)
			yield {
				kind: 'write',
				stream: 'stdout',
				text: `${shell.folder} ${shell.host.user === 'root' ? '#' : '$'} `,
			};
		const line = yield {kind: 'read'};
		if (line === undefined) return shell.lastCode;
		const {code, hasExited} = yield* runScript(line, shell);
		if (hasExited) return code;
	}
}

type Outcome = {readonly code: number; readonly hasExited: boolean};
type Script = Generator<Effect, Outcome, string | undefined>;

/** A script whose loops are read anew each time round, so that variables have the values of then. */
function* runScript(script: string, shell: ShellState): Script {
	const loop = /^\s*while\s+(.+?)\s*;\s*do\s+([\s\S]+?)\s*;?\s*done\s*([;\n][\s\S]*)?$/.exec(script);
	if (loop !== null) {
		const [, condition = '', body = '', rest = ''] = loop;
		for (;;) {
			const tested = yield* runScript(condition, shell);
			if (tested.hasExited) return tested;
			if (tested.code !== 0) break;
			const done = yield* runScript(body, shell);
			if (done.hasExited) return done;
			// A round takes time, or an endless loop would take all of it.
			yield {kind: 'sleep', delayMs: 1};
		}
		return yield* runScript(rest.slice(1), shell);
	}
	return yield* runTokens(
		tokensOf(script, name => variableOf(name, shell)),
		shell,
	);
}

function* runTokens(tokens: readonly Token[], shell: ShellState): Script {
	let values: (() => string)[] = [];
	let operator = ';';
	for (const token of [...tokens, {kind: 'operator', text: ';'} as const]) {
		if (token.kind === 'word') {
			values.push(token.value);
			continue;
		}
		const isDue = operator === '&&' ? shell.lastCode === 0 : operator === '||' ? shell.lastCode !== 0 : true;
		const words = isDue ? values.map(value => value()) : [];
		if (words.length > 0) {
			if (words[0] === 'exit') return {code: Number(words[1] ?? shell.lastCode) & 255, hasExited: true};
			shell.lastCode = yield* runWords(words, shell);
		}
		operator = token.text;
		values = [];
	}
	return {code: shell.lastCode, hasExited: false};
}

function* runWords(words: readonly string[], shell: ShellState): Running {
	const [path = '', ...args] = words[0] === 'exec' ? words.slice(1) : words;
	const name = nameOfProgram(path);
	const assigned = /^(\w+)=(.*)$/s.exec(path);
	if (assigned?.[1] !== undefined) {
		shell.environment.set(assigned[1], assigned[2] ?? '');
		return args.length === 0 ? 0 : yield* runWords(args, shell);
	}
	if (shells.includes(name)) return yield* runProgram([path, ...args], shell);
	const program = Object.hasOwn(programs, name) ? programs[name] : undefined;
	if (program === undefined) return yield* complain(`sh: ${path}: not found`, 127);
	return yield* program(args, shell);
}

const variableOf = (name: string, {environment, lastCode}: ShellState): string =>
	name === '?' ? String(lastCode) : name === '$' ? '1' : (environment.get(name) ?? '');
