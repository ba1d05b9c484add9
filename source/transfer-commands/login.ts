import process from 'node:process';
import type {LoginOptions} from '../command-lines/call.ts';
import {EngineError} from '../engine/errors.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Accounts, CredentialStore} from '../registry/accounts-port.ts';
import {checkUsername, logIn, storeName} from '../registry/login.ts';
import type {Credentials} from '../registry/types.ts';
import {interrupted, untilLeft} from './leaving.ts';
import type {Surroundings} from './surroundings.ts';
import {askLine, Interrupted} from './terminal-prompt.ts';

type Errand = {
	readonly options: LoginOptions;
	readonly surroundings: Surroundings;
	readonly accounts: Accounts;
	readonly signal: AbortSignal;
};

type Said = {readonly username: string; readonly password: string};

/** What cannot be done with what was given, in one line. */
class LoginProblem extends Error {
	override readonly name = 'LoginProblem';
}

const mostSecretBytes = 64 * 1024;

/** Without the line end that `echo` puts there. */
const readSecret = async (): Promise<string> => {
	const chunks: Buffer[] = [];
	let bytes = 0;
	for await (const chunk of process.stdin) {
		const part = Buffer.from(chunk);
		bytes += part.length;
		if (bytes > mostSecretBytes)
			throw new LoginProblem('what comes from stdin is no password: it is too long');
		chunks.push(part);
	}
	return Buffer.concat(chunks)
		.toString('utf8')
		.replace(/\r?\n$/, '');
};

const askUser = async (known: string | undefined, signal: AbortSignal): Promise<string> => {
	const offer = known === undefined ? '' : ` (${sanitise(known)})`;
	const said = (await askLine(`Username${offer}: `, false, signal)).trim();
	return said === '' ? (known ?? '') : said;
};

/** From the command line, a pipe or the person. */
const readSaid = async ({options, signal}: Errand, known: string | undefined): Promise<Said> => {
	const {isFromStdin, username: given} = options;
	const hasTerminal = process.stdin.isTTY;
	if (!hasTerminal && !isFromStdin)
		throw new LoginProblem('without a terminal the password comes by --password-stdin, with --username');
	const username = given ?? (await askUser(known, signal));
	const problem = checkUsername(username);
	if (problem !== undefined) throw new LoginProblem(problem);
	const password = hasTerminal ? await askLine('Password: ', true, signal) : await readSecret();
	if (password === '') throw new LoginProblem('a password is needed');
	return {username, password};
};

const isRefusal = (error: unknown): error is EngineError =>
	error instanceof EngineError && error.kind === 'auth';

/** As docker does: who is logged in already is not asked again. @returns whether that was enough */
const tryKept = async (
	{options, surroundings, signal}: Errand,
	credentials: Credentials | undefined,
): Promise<boolean> => {
	const {registry: host, username, isFromStdin} = options;
	if (credentials === undefined || username !== undefined || isFromStdin) return false;
	const {complain, seat} = surroundings;
	complain(`asking ${host} with the credentials that are kept already; gantry logout forgets them`);
	try {
		await seat.engine.checkAuth({host, credentials}, signal);
		return true;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		complain(error.message);
		return false;
	}
};

const tell = (
	{options: {registry: host, isJson}, surroundings: {complain}}: Errand,
	store: CredentialStore,
	isNew: boolean,
): void => {
	if (isNew && store.kind === 'file')
		complain(
			`warning: your credentials are stored unencrypted in ${store.path}; a credential helper would not: https://docs.docker.com/go/credential-store/`,
		);
	const told = isJson
		? JSON.stringify({host, store: {kind: store.kind, name: storeName(store)}})
		: 'Login Succeeded';
	process.stdout.write(`${told}\n`);
};

const perform = async (errand: Errand): Promise<void> => {
	const {options, surroundings, accounts, signal} = errand;
	const {registry: host} = options;
	// Before anything is typed: it may not be there.
	await surroundings.seat.engine.ping(signal);
	const store = await accounts.storeFor(host);
	const known = await accounts.credentialsFor(host, signal);
	if (await tryKept(errand, known)) {
		tell(errand, store, false);
		return;
	}
	if (store.kind === 'environment')
		throw new LoginProblem(`the account for ${host} is in ${store.variable}: change it there`);
	const said = await readSaid(errand, known?.kind === 'password' ? known.username : undefined);
	const check = surroundings.seat.engine.checkAuth;
	tell(errand, await logIn({accounts, check}, host, said, signal), true);
};

/**
 * `gantry login`.
 * @returns the exit code
 * @throws EngineError in the registry's words, AccountError
 */
export const runLogin = (options: LoginOptions, surroundings: Surroundings): Promise<number> =>
	untilLeft(async signal => {
		const {registries, seat, complain} = surroundings;
		try {
			if (seat.isDemo)
				throw new LoginProblem(
					'the demo forgets its accounts when it ends: log in with :login in the dashboard of gantry --demo',
				);
			const {accounts} = await registries();
			await perform({options, surroundings, accounts, signal});
			return 0;
		} catch (error) {
			if (error instanceof Interrupted || signal.aborted) return interrupted;
			if (!(error instanceof LoginProblem)) throw error;
			complain(error.message);
			return 1;
		}
	});
