import assert from 'node:assert/strict';
import {mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {after, before, describe, test} from 'node:test';
import {registryAccount} from '../../scripts/engine/registry.ts';
import {type CredentialHelper, makeCredentialHelper} from '../helpers/credential-helper.ts';
import {
	callDocker,
	docker,
	removeTestObjects,
	requireEngine,
	testEngine,
	testName,
} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';
import {hasImage} from '../helpers/registry-image.ts';
import {gantryPath, runGantry, runProgram} from '../helpers/run-gantry.ts';
import {openTerminal} from '../helpers/terminal.ts';

const {user, password} = registryAccount;
const root = mkdtempSync(join(tmpdir(), 'gantry-test-accounts-'));
const {authRegistry} = testEngine;

after(() => {
	rmSync(root, {recursive: true, force: true});
});

/** A configuration of the docker client, and of Gantry. */
const makeConfig = (text?: string): {readonly folder: string; readonly path: string} => {
	const folder = mkdtempSync(join(root, 'config-'));
	const path = join(folder, 'config.json');
	if (text !== undefined) writeFileSync(path, text, {mode: 0o600});
	return {folder, path};
};

const login = (folder: string): Promise<string> =>
	docker('--config', folder, 'login', '--username', user, '--password', password, authRegistry);

const isLoggedIn = async (folder: string, reference: string): Promise<boolean> => {
	const {code, errors} = await callDocker(testEngine.host, [
		'--config',
		folder,
		'pull',
		'--quiet',
		reference,
	]);
	if (code !== 0) assert.match(errors.toString(), /no basic auth credentials|unauthorized/);
	return code === 0;
};

const open = (folder: string, path = process.env.PATH): Promise<Gantry> =>
	openGantry({columns: 160, env: {DOCKER_CONFIG: folder, PATH: path}});

const openLogin = async (gantry: Gantry): Promise<void> => {
	await gantry.command(`login ${authRegistry}`);
	await gantry.sees('╭ Log in to a registry');
	// What it begins with is known: before, enter would do nothing.
	await gantry.sees(/readable in \/|keeps it/);
};

describe('accounts', {skip: requireEngine(), timeout: 180_000}, () => {
	/** In the registry that asks for an account, and nowhere else. */
	let reference: string;
	before(async () => {
		reference = `${authRegistry}/${testName('private:1')}`;
		const {folder} = makeConfig();
		await login(folder);
		await docker('tag', 'gantry-test/busy:1', reference);
		await docker('--config', folder, 'push', '--quiet', reference);
		await docker('rmi', reference);
	});
	after(removeTestObjects);
	const forget = async (): Promise<void> => {
		if (await hasImage(reference)) await docker('rmi', reference);
	};

	test('what the docker client has logged in to, Gantry pulls, and not without', async () => {
		const {folder} = makeConfig();
		{
			await using gantry = await open(folder);
			await gantry.command(`pull ${reference}`);
			await gantry.tells(/Cannot pull .*no basic auth credentials/);
			await gantry.press('esc');
		}
		await login(folder);
		await using gantry = await open(folder);
		await gantry.command(`pull ${reference}`);
		await gantry.tells(`${reference} pulled`);
		assert.ok(await hasImage(reference));
		await forget();
	});

	test('what Gantry logs in to from the keyboard, the docker client pulls, until the logout', async () => {
		const {folder, path} = makeConfig('{\n  "psFormat": "table",\n  "n": 12345678901234567890\n}\n');
		await using gantry = await open(folder);
		await openLogin(gantry);
		await gantry.type(user);
		await gantry.press('tab');
		await gantry.type('not-it');
		await gantry.sees(/Password +\*{6}/);
		await gantry.press('enter');
		await gantry.sees('no credential helper is set');
		await gantry.press('space', 'enter');
		await gantry.sees(/401\s|Unauthorized/);
		await gantry.sees(/Password +or an access token/);
		assert.equal(await isLoggedIn(folder, reference), false);
		await gantry.type(password);
		await gantry.press('enter');
		await gantry.tells(`logged in to ${authRegistry} as ${user}, kept in`);
		await gantry.seesNot(password);
		assert.equal(await isLoggedIn(folder, reference), true);
		assert.equal(statSync(path).mode & 0o777, 0o600);
		await gantry.command(`logout ${authRegistry}`);
		await gantry.sees(`Log out of ${authRegistry}?`);
		await gantry.press('enter');
		await gantry.tells(`logged out of ${authRegistry}`);
		await forget();
		assert.equal(await isLoggedIn(folder, reference), false);
		assert.equal(
			readFileSync(path, 'utf8'),
			'{\n  "psFormat": "table",\n  "n": 12345678901234567890,\n  "auths": {}\n}\n',
		);
	});

	test('a helper keeps it for both, whoever has logged in', async () => {
		const folder = mkdtempSync(join(root, 'helper-'));
		const helper: CredentialHelper = await makeCredentialHelper(folder, 'gantrytest');
		const config = makeConfig('{"credsStore": "gantrytest"}');
		const env = {DOCKER_CONFIG: config.folder, PATH: helper.path};
		{
			await using gantry = await open(config.folder, helper.path);
			await openLogin(gantry);
			await gantry.sees('docker-credential-gantrytest keeps it');
			await gantry.type(user);
			await gantry.press('tab');
			await gantry.type(password);
			await gantry.press('enter');
			await gantry.tells(`logged in to ${authRegistry} as ${user}, kept by docker-credential-gantrytest`);
		}
		assert.deepEqual(await helper.kept(), {[authRegistry]: {Username: user, Secret: password}});
		assert.doesNotMatch(
			readFileSync(config.path, 'utf8'),
			new RegExp(Buffer.from(password).toString('base64')),
		);
		const through = {env: {...env, DOCKER_HOST: testEngine.host}};
		const pulled = await runProgram('docker', ['pull', '--quiet', reference], through.env);
		assert.equal(pulled.code, 0, pulled.stderr);
		await forget();
		await runProgram('docker', ['logout', authRegistry], through.env);
		assert.deepEqual(await helper.kept(), {});
		const again = ['login', '--username', user, '--password', password, authRegistry];
		assert.equal((await runProgram('docker', again, through.env)).code, 0);
		const own = await runGantry(['pull', '-q', reference, '-H', testEngine.host], {env});
		assert.equal(own.code, 0, own.stderr);
		await forget();
		assert.equal((await runGantry(['logout', authRegistry], {env})).code, 0);
		assert.deepEqual(await helper.kept(), {});
	});

	test('a config.json that is broken is told and left alone; what needs no account goes on', async () => {
		const broken = '{"auths": {"x": {"auth": "c2VjcmV0OnNlY3JldA=="}},\n\t}';
		const {folder, path} = makeConfig(broken);
		await using gantry = await open(folder);
		await gantry.command(`login ${authRegistry}`);
		await gantry.tells(/login: .*is not JSON at line 2, column 2/);
		await gantry.press('esc');
		await gantry.command(`pull ${reference}`);
		await gantry.tells(/Cannot pull .*asked without an account: .*is not JSON at line 2/);
		await gantry.press('esc');
		await gantry.command(`logout ${authRegistry}`);
		await gantry.sees(`Log out of ${authRegistry}?`);
		await gantry.press('enter');
		await gantry.tells(/logout: .*is not JSON/);
		assert.equal(readFileSync(path, 'utf8'), broken);
	});

	for (const builder of ['classic', 'buildkit']) {
		test(`a base image that needs an account is built on by the ${builder} builder`, async () => {
			const {folder} = makeConfig();
			await login(folder);
			await forget();
			const context = mkdtempSync(join(root, 'context-'));
			// Another text each time: an answer from the cache would need no registry.
			writeFileSync(join(context, 'Dockerfile'), `FROM ${reference}\nLABEL by=${builder}-${process.pid}\n`);
			const name = testName(`${builder}:1`);
			await using gantry = await open(folder);
			await gantry.press('2', 'b');
			await gantry.sees('╭ Build an image');
			await gantry.fill(context);
			await gantry.press('tab', 'tab');
			await gantry.fill(name);
			await gantry.press('tab', 'tab', 'tab', 'tab', 'tab');
			await gantry.fill(builder);
			await gantry.press('enter');
			await gantry.sees('built in', {within: 60_000});
			assert.ok(await hasImage(name));
			await docker('rmi', name);
			await forget();
		});
	}
});

describe('gantry login and logout', {skip: requireEngine(), timeout: 120_000}, () => {
	test('from a pipe: exit codes, a warning, and what the docker client makes of it', async () => {
		const {folder, path} = makeConfig();
		const env = {DOCKER_CONFIG: folder, DOCKER_HOST: testEngine.host};
		const args = ['login', '--username', user, '--password-stdin', authRegistry];
		const refused = await runProgram(process.execPath, [gantryPath, ...args], env, 'wrong\n');
		assert.equal(refused.code, 1);
		assert.match(refused.stderr, /^gantry: login attempt to .* 401 Unauthorized\n$/);
		const done = await runProgram(process.execPath, [gantryPath, ...args], env, `${password}\n`);
		assert.deepEqual([done.code, done.stdout], [0, 'Login Succeeded\n']);
		assert.match(done.stderr, /^gantry: warning: your credentials are stored unencrypted in .*config\.json;/);
		const judged = await runProgram('docker', ['login', authRegistry], env);
		assert.equal(judged.code, 0, judged.stderr);
		const again = await runGantry(['login', '--json', authRegistry], {env});
		assert.deepEqual(JSON.parse(again.stdout), {host: authRegistry, store: {kind: 'file', name: path}});
		assert.doesNotMatch(again.stderr, /unencrypted/);
		const gone = await runGantry(['logout', authRegistry], {env});
		assert.deepEqual([gone.code, gone.stdout], [0, `logged out of ${authRegistry}\n`]);
		const twice = await runGantry(['logout', '--json', authRegistry], {env});
		assert.deepEqual([twice.code, twice.stdout], [0, `{"host":"${authRegistry}","wasLoggedIn":false}\n`]);
		const piped = await runGantry(['login', authRegistry], {env});
		assert.deepEqual([piped.code, piped.stdout], [1, '']);
		assert.match(piped.stderr, /--password-stdin/);
	});

	test('on a terminal the password is not echoed, and ctrl-c leaves the terminal as it was', async () => {
		const {folder} = makeConfig();
		const env = {DOCKER_CONFIG: folder, DOCKER_HOST: testEngine.host};
		{
			const call = [
				'-c',
				'"$@"; echo "left with $?"; stty -a',
				'sh',
				process.execPath,
				gantryPath,
				'login',
				authRegistry,
			];
			await using terminal = await openTerminal({command: 'sh', commandArgs: call, env});
			await terminal.sees('Username: ');
			await terminal.type(user);
			await terminal.sees(`Username: ${user}`);
			await terminal.press('enter');
			await terminal.sees('Password: ');
			await terminal.type('half');
			await terminal.press('ctrl-c');
			await terminal.sees('left with 130');
			await terminal.sees(/ icanon /);
			await terminal.sees(/ echo /);
			await terminal.seesNot('half');
		}
		await using terminal = await openTerminal({args: ['login', '-u', user, authRegistry], env});
		await terminal.sees('Password: ');
		await terminal.type(`${password}x`);
		await terminal.press('backspace', 'enter');
		await terminal.sees('Login Succeeded');
		await terminal.seesNot(password);
		assert.equal((await terminal.waitExit()).code, 0);
	});
});
