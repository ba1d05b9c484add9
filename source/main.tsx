import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import process from 'node:process';
import packageFacts from '../package.json' with {type: 'json'};
import type {Call, Options} from './cli.ts';
import {createEngine} from './engine/docker-engine.ts';
import {resolveEndpoint} from './engine/endpoint.ts';
import {type Endpoint, EndpointError} from './engine/endpoint-types.ts';
import {EngineError} from './engine/errors.ts';
import {firstReachable} from './engine/first-reachable.ts';

const readText = (path: string): string | undefined => {
	try {
		return readFileSync(path, 'utf8');
	} catch {
		return undefined;
	}
};

/** The engine that was named, else the first that answers, else the first place to look, to be tried again. */
const chooseEndpoint = async (options: Options): Promise<Endpoint> => {
	const choice = resolveEndpoint({...options, env: process.env, home: homedir(), readFile: readText});
	if ('named' in choice) return choice.named;
	try {
		return await firstReachable(choice.candidates, new AbortController().signal);
	} catch (error) {
		const [first] = choice.candidates;
		if (first === undefined || options.isOnce || !process.stdout.isTTY) throw error;
		return first;
	}
};

/** Without arguments there is nothing to parse: the parser stays unloaded, 20 ms sooner to the first frame. */
const callOf = async (argv: readonly string[]): Promise<Call> => {
	if (argv.length === 0)
		return {kind: 'run', options: {isOnce: false, isJson: false, isReadOnly: false, isTrusting: false}};
	const {parseCall} = await import('./cli.ts');
	return parseCall(argv, packageFacts.version);
};

const complain = (text: string): void => {
	process.stderr.write(`gantry: ${text.replaceAll(/\s*\n\s*/g, ' ')}\n`);
};

const exitCodeOf = (error: unknown): number =>
	error instanceof EndpointError && error.kind === 'usage' ? 2 : 1;

const runDashboard = async (endpoint: Endpoint, options: Options): Promise<number> => {
	if (!process.stdin.isTTY) {
		complain('the dashboard needs a terminal on stdin; --once prints a snapshot without one');
		return 1;
	}
	const {openDashboard} = await import('./dashboard.tsx');
	return openDashboard({
		engine: createEngine(endpoint, process.env.TERM),
		source: endpoint.source,
		isReadOnly: options.isReadOnly,
		isTrusting: options.isTrusting,
	});
};

const runOnce = async (endpoint: Endpoint, options: Options): Promise<number> => {
	const {printSnapshot} = await import('./snapshot.ts');
	// A reader that has seen enough, as `head`, is no failure.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') throw error;
	});
	try {
		await printSnapshot(createEngine(endpoint), {isJson: options.isJson, stdout: process.stdout});
		return 0;
	} catch (error) {
		if (!(error instanceof EngineError)) throw error;
		complain(`${endpoint.address}: ${error.message}`);
		return 1;
	}
};

/**
 * The whole program.
 * @param argv what followed the program's name.
 * @returns the exit code: 0 done, 1 the engine cannot be reached or something broke, 2 wrong usage.
 */
export const main = async (argv: readonly string[]): Promise<number> => {
	const call = await callOf(argv);
	if (call.kind === 'print') {
		(call.exitCode === 0 ? process.stdout : process.stderr).write(`${call.text}\n`);
		return call.exitCode;
	}
	const {options} = call;
	try {
		const endpoint = await chooseEndpoint(options);
		const isDashboard = process.stdout.isTTY && !options.isOnce;
		return await (isDashboard ? runDashboard(endpoint, options) : runOnce(endpoint, options));
	} catch (error) {
		if (!(error instanceof EndpointError || error instanceof EngineError)) throw error;
		complain(error.message);
		return exitCodeOf(error);
	}
};
