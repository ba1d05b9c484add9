import {spawn} from 'node:child_process';
import {record, text, textMap} from '../../engine/decode/read.ts';
import {cut} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {AccountError, type Login} from '../accounts-port.ts';

/**
 * A credential helper: a program `docker-credential-<name>` on the PATH that is asked in one word and answers on its
 * standard output. Every call rejects with an `AccountError` that names it and has its words.
 * Source: github.com/docker/docker-credential-helpers, README and client/.
 */
export type Helper = {
	readonly get: (key: string, signal: AbortSignal) => Promise<Login | undefined>;
	/** Names by the keys that it has. */
	readonly list: (signal: AbortSignal) => Promise<ReadonlyMap<string, string>>;
	readonly store: (key: string, entry: Login, signal: AbortSignal) => Promise<void>;
	/** @returns whether it had something to forget, as far as it tells */
	readonly erase: (key: string, signal: AbortSignal) => Promise<boolean>;
};

export type HelperSurroundings = {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** How long a helper may think; absent: half a minute. */
	readonly limitMs?: number;
};

type Verb = 'get' | 'list' | 'store' | 'erase';
type Outcome = {readonly code: number | null; readonly output: string; readonly errors: string};

const defaultLimitMs = 30_000;
const mostOutputBytes = 4 * 1024 * 1024;
const mostWordsCells = 200;

/** In place of a name: what comes with it is an identity token. */
const tokenUser = '<token>';

const nothingThere = 'credentials not found in native keychain';

/** Runs a helper to its end. What it says is never shown as it is: there may be a secret in it. */
const call = (
	name: string,
	verb: Verb,
	input: string,
	{env, limitMs = defaultLimitMs}: HelperSurroundings,
	signal: AbortSignal,
): Promise<Outcome> => {
	const program = `docker-credential-${name}`;
	const {promise, resolve, reject} = Promise.withResolvers<Outcome>();
	const limit = AbortSignal.timeout(limitMs);
	const stop = AbortSignal.any([signal, limit]);
	if (stop.aborted) return Promise.reject(signal.reason);
	const child = spawn(program, [verb], {env: {...env}, stdio: 'pipe'});
	const output: Buffer[] = [];
	const errors: Buffer[] = [];
	let bytes = 0;
	// What it has started may hold its output open: it is not waited for.
	const abandon = (error: unknown): void => {
		child.kill('SIGKILL');
		for (const stream of child.stdio) stream?.destroy();
		reject(error);
	};
	const collect =
		(into: Buffer[]) =>
		(chunk: Buffer): void => {
			bytes += chunk.length;
			if (bytes > mostOutputBytes) abandon(new AccountError(`${program} ${verb} says too much`));
			else into.push(chunk);
		};
	const onStop = (): void => {
		abandon(
			signal.aborted
				? signal.reason
				: new AccountError(`${program} ${verb} has not answered within ${Math.ceil(limitMs / 1000)} s`),
		);
	};
	stop.addEventListener('abort', onStop, {once: true});
	child.stdout.on('data', collect(output));
	child.stderr.on('data', collect(errors));
	child.once('error', (error: NodeJS.ErrnoException) => {
		const reason =
			error.code === 'ENOENT' ? 'is not on the PATH' : `cannot be started: ${error.code ?? 'unknown'}`;
		reject(new AccountError(`the credential helper ${program} ${reason}`));
	});
	child.once('close', code => {
		resolve({code, output: Buffer.concat(output).toString(), errors: Buffer.concat(errors).toString()});
	});
	// It may end without reading.
	child.stdin.on('error', () => {});
	child.stdin.end(input);
	return promise.finally(() => {
		stop.removeEventListener('abort', onStop);
	});
};

const firstLine = (text: string): string => text.trim().split('\n', 1)[0]?.trim() ?? '';

/** Its own words, unless there may be a secret in them. */
const wordsOf = ({code, output, errors}: Outcome, secret: string): string => {
	const words = firstLine(output) || firstLine(errors);
	const isTelling = /"Secret"|^\s*[{[]/i.test(words) || (secret !== '' && words.includes(secret));
	const ending = code === null ? 'was killed' : `ended with ${code}`;
	return words === '' || isTelling ? ending : cut(sanitise(words), mostWordsCells, 'end');
};

const readJson = (output: string, program: string, verb: Verb): unknown => {
	try {
		return JSON.parse(output);
	} catch {
		// Its words are left out: a secret may be among them.
		throw new AccountError(`${program} ${verb} answered with what is no JSON`);
	}
};

/** @throws AccountError for a name that is none */
export const openHelper = (name: string, surroundings: HelperSurroundings): Helper => {
	if (/[/\\\0]/.test(name)) throw new AccountError(`"${sanitise(name)}" is no name of a credential helper`);
	const program = `docker-credential-${name}`;
	/** @returns nothing when it has nothing under that key */
	const ask = async (
		verb: Verb,
		input: string,
		signal: AbortSignal,
		secret = '',
	): Promise<string | undefined> => {
		const outcome = await call(name, verb, input, surroundings, signal);
		if (outcome.code === 0) return outcome.output;
		if (firstLine(outcome.output) === nothingThere) return undefined;
		throw new AccountError(`${program} ${verb}: ${wordsOf(outcome, secret)}`);
	};
	return {
		async get(key, signal) {
			const output = await ask('get', key, signal);
			if (output === undefined) return undefined;
			const fields = record(readJson(output, program, 'get'));
			const [username, secret] = [text(fields.Username), text(fields.Secret)];
			if (username === tokenUser) return {credentials: {kind: 'identity-token', token: secret}};
			if (username === '' && secret === '') return undefined;
			return {username, credentials: {kind: 'password', username, password: secret}};
		},
		async list(signal) {
			const output = (await ask('list', 'unused', signal)) ?? '';
			if (output.trim() === '') return new Map();
			return new Map(Object.entries(textMap(readJson(output, program, 'list'))));
		},
		async store(key, {credentials}, signal) {
			const [Username, Secret] =
				credentials.kind === 'password'
					? [credentials.username, credentials.password]
					: [tokenUser, credentials.token];
			await ask('store', JSON.stringify({ServerURL: key, Username, Secret}), signal, Secret);
		},
		erase: async (key, signal) => (await ask('erase', key, signal)) !== undefined,
	};
};
