import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import process from 'node:process';
import packageFacts from '../package.json' with {type: 'json'};
import {startBackstage} from './backstage.ts';
import type {
	Call,
	EngineOptions,
	ImportOptions,
	LayersOptions,
	Options,
	TransferCall,
} from './command-lines/call.ts';
import {LocalFileError} from './engine/archive/local-error.ts';
import {createEngine} from './engine/docker-engine.ts';
import {resolveEndpoint} from './engine/endpoint.ts';
import {type EndpointChoice, EndpointError} from './engine/endpoint-types.ts';
import type {Engine} from './engine/engine.ts';
import {EngineError} from './engine/errors.ts';
import {type KnownEngine, knownEngines} from './engine/known-engines.ts';
import type {OpenRegistries, RegistryAccess} from './registry/access-port.ts';
import {AccountError} from './registry/accounts-port.ts';
import {RegistryError} from './registry/types.ts';
import {type Seat, sizeOf} from './seat.ts';
import type {Surroundings} from './transfer-commands/surroundings.ts';

const readText = (path: string): string | undefined => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
};

const listFolder = (path: string): readonly string[] => {
	try {
		return readdirSync(path);
	} catch {
		return [];
	}
};

const {env} = process;
const surroundings = {env, home: homedir(), readFile: readText, listFolder, exists: existsSync};

/** Without arguments there is nothing to parse: the parser stays unloaded, 20 ms sooner to the first frame. */
const callOf = async (argv: readonly string[]): Promise<Call> => {
	if (argv.length === 0)
		return {kind: 'run', options: {isOnce: false, isJson: false, isReadOnly: false, isTrusting: false}};
	const {parseCall} = await import('./cli.ts');
	return parseCall(argv, packageFacts.version);
};

const complain = (text: string): void => {
	process.stderr.write(`gantry: ${text.replaceAll(/\s*\p{Cc}+\s*/gu, ' ')}\n`);
};

const exitCodeOf = (error: unknown): number =>
	error instanceof EndpointError && error.kind === 'usage' ? 2 : 1;

const realSeat = ({candidates}: EndpointChoice): Seat => ({
	engine: createEngine(candidates, env.TERM, env.GANTRY_STATS === 'api' ? 'api' : 'local'),
	isDemo: false,
	leave: async () => undefined,
});

const demoSeat = async (): Promise<Seat> => {
	const {startDemoEngine} = await import('./demo/demo-engine.ts');
	const demo = await startDemoEngine();
	const target = {kind: 'unix', socketPath: demo.socketPath} as const;
	return {
		engine: createEngine([{address: 'embedded engine', source: '--demo', target}], env.TERM),
		isDemo: true,
		registrySocket: demo.socketPath,
		leave: demo.stop,
	};
};

const answers = async (engine: Engine): Promise<boolean> => {
	try {
		await engine.ping(new AbortController().signal);
		return true;
	} catch (error) {
		if (error instanceof EngineError) return false;
		throw error;
	}
};

const firstSeat = async (options: EngineOptions): Promise<Seat> => {
	if (options.demo === 'always') return demoSeat();
	const choice = resolveEndpoint({...options, ...surroundings});
	const seat = realSeat(choice);
	if (choice.isNamed || options.demo === undefined || (await answers(seat.engine))) return seat;
	seat.engine.close();
	return demoSeat();
};

/**
 * The way to another engine.
 * @throws EndpointError at once for one that cannot be used
 */
const wayTo = (id: string, known: readonly KnownEngine[]): (() => Promise<Seat>) => {
	const engine = known.find(each => each.id === id);
	if (engine === undefined) return demoSeat;
	const choice = resolveEndpoint({...engine.name, ...surroundings});
	return async () => realSeat(choice);
};

/** The first frame does not wait longer than this for an engine: it says that it is connecting then. */
const soonMs = 40;

const runDashboard = async (options: Options): Promise<number> => {
	if (!process.stdin.isTTY) {
		complain('the dashboard needs a terminal on stdin; --once prints a snapshot without one');
		return 1;
	}
	const known = knownEngines(surroundings);
	let seat = await firstSeat(options);
	for (;;) {
		// What is typed from now on is for the dashboard: neither echoed nor edited as a line by the terminal.
		process.stdin.setRawMode(true);
		const backstage = startBackstage({
			seat,
			known,
			openEngine: id => openKnown(id, known),
			registries: registriesOf(seat),
			size: sizeOf(process.stdout),
			...options,
		});
		await backstage.asked(soonMs);
		// The engine works on its answers meanwhile.
		const {openDashboard} = await import('./dashboard.tsx');
		await backstage.settled(soonMs);
		const end = await openDashboard({backstage, wayTo: id => wayTo(id, known)});
		await seat.leave();
		if (end.kind === 'left') return end.exitCode;
		seat = await end.next();
	}
};

/** What registries are asked with; those of the invented world know nobody's accounts. */
const registriesOf = ({registrySocket}: Pick<Seat, 'registrySocket'>): OpenRegistries => {
	let access: Promise<RegistryAccess> | undefined;
	const open = async (): Promise<RegistryAccess> => {
		if (registrySocket !== undefined) {
			const {openInvented} = await import('./registry/invented-access.ts');
			return openInvented(registrySocket);
		}
		const {openRegistries} = await import('./registry/access.ts');
		return openRegistries({env, home: surroundings.home});
	};
	return () => {
		access ??= open();
		return access;
	};
};

const openKnown = (id: string, known: readonly KnownEngine[]): Engine => {
	const engine = known.find(each => each.id === id);
	if (engine === undefined) throw new EndpointError('usage', `no engine is called ${id}`);
	return realSeat(resolveEndpoint({...engine.name, ...surroundings})).engine;
};

const runOnce = async (options: Options): Promise<number> => {
	const {printSnapshot} = await import('./snapshot.ts');
	// A reader that has seen enough, as `head`, is no failure.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	const {engine, leave} = await firstSeat(options);
	try {
		await printSnapshot(engine, {isJson: options.isJson, stdout: process.stdout});
		return 0;
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		const {attempts} = error.facts;
		if (attempts === undefined) complain(`${engine.place().address}: ${error.message}`);
		else complain(error.message);
		return 1;
	} finally {
		await leave();
	}
};

const runLayers = async (options: LayersOptions): Promise<number> => {
	const {runLayersCommand} = await import('./layers-command/run.ts');
	return runLayersCommand(options, {openSeat: () => firstSeat(options), complain});
};

/** What a command beside the dashboard works with, for as long as it does. */
const withSeat = async (
	options: EngineOptions,
	run: (surroundings: Surroundings) => Promise<number>,
): Promise<number> => {
	const seat = await firstSeat(options);
	try {
		return await run({seat, registries: registriesOf(seat), complain});
	} finally {
		seat.engine.close();
		await seat.leave();
	}
};

const runImportCommand = async (options: ImportOptions): Promise<number> => {
	const {runImport} = await import('./import-command.ts');
	const {engine, leave} = await firstSeat(options);
	try {
		return await runImport(engine, options.task);
	} catch (error) {
		// The rest is told as everywhere.
		if (!(error instanceof LocalFileError)) throw error;
		complain(error.message);
		return 1;
	} finally {
		engine.close();
		await leave();
	}
};

const runTransferCommand = async (call: TransferCall): Promise<number> => {
	switch (call.kind) {
		case 'pull': {
			const {runPull} = await import('./transfer-commands/transfers.ts');
			return withSeat(call.options, surroundings => runPull(call.options, surroundings));
		}
		case 'push': {
			const {runPush} = await import('./transfer-commands/transfers.ts');
			return withSeat(call.options, surroundings => runPush(call.options, surroundings));
		}
		case 'search': {
			const {runSearch} = await import('./transfer-commands/search.ts');
			return withSeat(call.options, surroundings => runSearch(call.options, surroundings));
		}
		case 'tags': {
			const {runTags} = await import('./transfer-commands/tags.ts');
			return withSeat(call.options, surroundings => runTags(call.options, surroundings));
		}
		case 'login': {
			const {runLogin} = await import('./transfer-commands/login.ts');
			return withSeat(call.options, surroundings => runLogin(call.options, surroundings));
		}
		case 'logout': {
			const {runLogout} = await import('./transfer-commands/logout.ts');
			return runLogout(call.options, registriesOf({}));
		}
	}
};

/** The next step, as it is called outside the dashboard. */
const hintIn = (error: Error): string => {
	const hint = error instanceof RegistryError ? error.facts.hint : undefined;
	return hint === undefined ? '' : ` (${hint.replace(/^:(login|logout)\b/, 'gantry $1')})`;
};

/** Its message says what failed and why; anything else is a fault of the program. */
const isToldInOneLine = (error: unknown): error is Error =>
	error instanceof EndpointError ||
	error instanceof EngineError ||
	error instanceof RegistryError ||
	error instanceof AccountError;

/**
 * The whole program.
 * @param argv what followed the program's name.
 * @returns the exit code: 0 done, 1 the engine cannot be reached or something broke, 2 wrong usage, 130 interrupted.
 */
export const main = async (argv: readonly string[]): Promise<number> => {
	const call = await callOf(argv);
	if (call.kind === 'print') {
		(call.exitCode === 0 ? process.stdout : process.stderr).write(`${call.text}\n`);
		return call.exitCode;
	}
	try {
		if (call.kind === 'layers') return await runLayers(call.options);
		if (call.kind === 'import') return await runImportCommand(call.options);
		if (call.kind !== 'run') return await runTransferCommand(call);
		const {options} = call;
		const isDashboard = process.stdout.isTTY && !options.isOnce;
		return await (isDashboard ? runDashboard(options) : runOnce(options));
	} catch (error) {
		if (!isToldInOneLine(error)) throw error;
		complain(`${error.message}${hintIn(error)}`);
		return exitCodeOf(error);
	}
};
