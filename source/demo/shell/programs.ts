import {fileAt, folderAt, resolvePath} from './files.ts';
import {complain, print, type Running, type ShellState} from './shell-host.ts';

export type ShellProgram = (args: readonly string[], shell: ShellState) => Running;

/** What there is in every container of the demonstration, apart from the shell itself. */
export const programs: Readonly<Record<string, ShellProgram>> = {
	':': () => print(''),
	true: () => print(''),
	false: () => print('', 1),
	echo: args =>
		args[0] === '-n'
			? print(args.slice(1).join(' '))
			: print(`${args.filter(arg => arg !== '-e').join(' ')}\n`),
	printf: ([format = '']) => print(format.replaceAll('\\n', '\n')),
	command: ([option, name = '']) =>
		option === '-v' && (name === 'sh' || Object.hasOwn(programs, name))
			? print(`/bin/${name}\n`)
			: print('', 127),
	env: (_args, {environment}) =>
		print([...environment].map(([name, value]) => `${name}=${value}\n`).join('')),
	pwd: (_args, {folder}) => print(`${folder}\n`),
	hostname: (_args, {host}) => print(`${host.hostname}\n`),
	whoami: (_args, {host}) => print(`${host.user}\n`),
	id: (_args, {host}) =>
		print(
			host.user === 'root' ? 'uid=0(root) gid=0(root) groups=0(root)\n' : `uid=1000(${host.user}) gid=1000\n`,
		),
	uname: ([option]) => print(option === '-a' ? 'Linux demo 6.12.8-demo x86_64 GNU/Linux\n' : 'Linux\n'),
	date: (_args, {host}) => print(`${new Date(host.now()).toUTCString()}\n`),
	tty: () => print('/dev/pts/0\n'),
	ps: (_args, {host}) =>
		print(
			['PID   USER     TIME  COMMAND', ...host.processes.map((line, index) => psLine(index, host.user, line))]
				.map(line => `${line}\n`)
				.join(''),
		),
	*sleep([amount = '']) {
		const seconds = Number.parseFloat(amount);
		if (amount === 'infinity') yield {kind: 'sleep', delayMs: Number.MAX_SAFE_INTEGER};
		else if (Number.isNaN(seconds)) return yield* complain(`sleep: invalid number '${amount}'`, 1);
		else yield {kind: 'sleep', delayMs: seconds * 1000};
		return 0;
	},
	*ls(args, shell) {
		const paths = args.filter(arg => !arg.startsWith('-'));
		const path = resolvePath(shell.folder, paths[0] ?? '.');
		const names = folderAt(path);
		if (names === undefined && fileAt(path, shell.host) === undefined)
			return yield* complain(`ls: ${paths[0] ?? path}: No such file or directory`, 1);
		return yield* print((names ?? [paths[0] ?? path]).map(name => `${name}\n`).join(''));
	},
	*cat(args, shell) {
		if (args.length === 0) return yield* copyInput();
		let code = 0;
		for (const arg of args) {
			const content = fileAt(resolvePath(shell.folder, arg), shell.host);
			if (content === undefined)
				code = yield* complain(`cat: can't open '${arg}': No such file or directory`, 1);
			else yield* print(content);
		}
		return code;
	},
	*cd([path = '/root'], shell) {
		const folder = resolvePath(shell.folder, path);
		if (folderAt(folder) === undefined)
			return yield* complain(`sh: cd: can't cd to ${path}: No such file or directory`, 2);
		shell.folder = folder;
		return 0;
	},
	export: (args, {environment}) => {
		for (const arg of args) {
			const [name = '', ...value] = arg.split('=');
			if (value.length > 0) environment.set(name, value.join('='));
		}
		return print('');
	},
};

const psLine = (index: number, user: string, line: string): string =>
	`${String(index === 0 ? 1 : index + 6).padStart(5)} ${user.padEnd(8)}  0:0${index === 0 ? 4 : 0} ${line}`;

function* copyInput(): Running {
	for (let line = yield {kind: 'read'}; line !== undefined; line = yield {kind: 'read'})
		yield {kind: 'write', stream: 'stdout', text: `${line}\n`};
	return 0;
}
