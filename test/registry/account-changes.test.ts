import assert from 'node:assert/strict';
import {
	chmod,
	chown,
	lstat,
	mkdir,
	readdir,
	readFile,
	rename,
	stat,
	symlink,
	writeFile,
} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';
import {describe, test} from 'node:test';
import {replaceConfigText} from '../../source/registry/accounts/config-file.ts';
import {createAccounts} from '../../source/registry/accounts.ts';
import {AccountError} from '../../source/registry/accounts-port.ts';
import {makeCredentialHelper} from '../helpers/credential-helper.ts';
import {basic, makeFolder, makePlace, password} from './place.ts';

const {signal} = new AbortController();
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o7777;
const login = {username: 'me', credentials: password('me', 'pass word')};
const noHelper = {PATH: '/nonexistent'};

describe('an account kept in config.json', () => {
	test('makes the folder and the file as docker does, for nobody else to read', async () => {
		const home = join(await makeFolder(), 'deep', '.docker');
		const accounts = createAccounts({env: {...noHelper, DOCKER_CONFIG: home}, home});
		const path = join(home, 'config.json');
		assert.deepEqual(await accounts.store('r.example.com', login, signal), {kind: 'file', path});
		assert.equal(
			await readFile(path, 'utf8'),
			`{\n\t"auths": {\n\t\t"r.example.com": {\n\t\t\t"auth": "${basic('me:pass word')}"\n\t\t}\n\t}\n}`,
		);
		assert.equal(await modeOf(path), 0o600);
		assert.equal(await modeOf(home), 0o700);
		assert.deepEqual(await readdir(home), ['config.json']);
	});

	test('leaves every other byte; a second login takes the place of the first', async () => {
		const before = `{\r\n  "HttpHeaders": {"X": "\\u00e9\\/"},\r\n  "n": 12345678901234567890,\r\n  "auths": {\r\n    "o.example.com": {"auth": "${basic('o:o')}", "x": 1.50}\r\n  }\r\n}\r\n`;
		const {accounts, path} = await makePlace(before, noHelper);
		await accounts.store('docker.io', login, signal);
		const after = await readFile(path, 'utf8');
		const added = `,\r\n    "https://index.docker.io/v1/": {\r\n      "auth": "${basic('me:pass word')}"\r\n    }`;
		assert.equal(after, before.replace('1.50}', `1.50}${added}`));
		await accounts.store(
			'o.example.com',
			{username: 'oo', credentials: {kind: 'identity-token', token: 't'}},
			signal,
		);
		assert.deepEqual(JSON.parse(await readFile(path, 'utf8')).auths['o.example.com'], {
			auth: basic('oo:'),
			identitytoken: 't',
			x: 1.5,
		});
		await accounts.store('o.example.com', login, signal);
		assert.deepEqual(JSON.parse(await readFile(path, 'utf8')).auths['o.example.com'], {
			auth: basic('me:pass word'),
			x: 1.5,
		});
		assert.equal(await accounts.erase('docker.io', signal), true);
		assert.equal(await readFile(path, 'utf8'), before.replace(basic('o:o'), basic('me:pass word')));
		assert.equal(await accounts.erase('docker.io', signal), false);
	});

	test('forgets a host under every name that it would be found under, and no other', async () => {
		const {accounts, path} = await makePlace(
			{
				auths: {
					'https://h:5/v1/': {auth: basic('a:b')},
					'h:5': {auth: basic('c:d')},
					h: {auth: basic('e:f')},
				},
			},
			noHelper,
		);
		assert.equal(await accounts.erase('h:5', signal), true);
		assert.equal(await accounts.credentialsFor('h:5', signal), undefined);
		assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {auths: {h: {auth: basic('e:f')}}});
	});

	test('a file that others may read is closed to them, a stricter one stays so; links and owners stay', async () => {
		const {accounts, path, home} = await makePlace({auths: {}}, noHelper);
		await chmod(path, 0o644);
		await accounts.store('r.example.com', login, signal);
		assert.equal(await modeOf(path), 0o600);
		await chmod(path, 0o400);
		await accounts.store('s.example.com', login, signal);
		assert.equal(await modeOf(path), 0o400);

		const behind = join(home, 'dotfiles', 'docker.json');
		await mkdir(join(home, 'dotfiles'));
		await rename(path, behind);
		await symlink('dotfiles/docker.json', path);
		if (process.getuid?.() === 0) await chown(behind, 4711, 4712);
		await accounts.erase('s.example.com', signal);
		assert.ok((await lstat(path)).isSymbolicLink());
		assert.equal(await accounts.credentialsFor('s.example.com', signal), undefined);
		const {uid, gid, mode} = await stat(behind);
		assert.equal(mode & 0o777, 0o400);
		if (process.getuid?.() === 0) assert.deepEqual([uid, gid], [4711, 4712]);
		assert.deepEqual(await readdir(join(home, 'dotfiles')), ['docker.json']);
	});

	test('a link to a file that is not there yet is followed', async () => {
		const {accounts, path, home} = await makePlace(undefined, noHelper);
		await symlink('later.json', path);
		await accounts.store('r.example.com', login, signal);
		assert.ok((await lstat(path)).isSymbolicLink());
		assert.equal(await modeOf(join(home, 'later.json')), 0o600);
	});

	test('a file that is broken is never overwritten', async () => {
		const texts = [
			'{"auths": {',
			'{"auths": []}',
			'{"auths": {"r.example.com": "x"}}',
			'[]',
			'null',
			'\uFEFF{}',
		];
		for (const text of texts) {
			const {accounts, path, home} = await makePlace(text, noHelper);
			await assert.rejects(accounts.store('r.example.com', login, signal), AccountError);
			await assert.rejects(accounts.erase('r.example.com', signal), AccountError);
			assert.equal(await readFile(path, 'utf8'), text);
			assert.deepEqual(await readdir(home), ['config.json']);
		}
		const {accounts, path} = await makePlace(undefined, noHelper);
		const latin = Buffer.from('{"x": "\xe9"}', 'latin1');
		await writeFile(path, latin);
		await assert.rejects(accounts.store('r.example.com', login, signal), /no UTF-8/);
		assert.deepEqual(await readFile(path), latin);
	});

	test('what somebody else writes meanwhile is noticed, and kept', async () => {
		const {accounts, path} = await makePlace('{"a": 1}', noHelper);
		assert.equal(await replaceConfigText(path, {before: '{"a": 0}', after: '{}', isSecret: false}), false);
		assert.equal(await replaceConfigText(path, {before: undefined, after: '{}', isSecret: false}), false);
		assert.equal(await readFile(path, 'utf8'), '{"a": 1}');
		const others = Array.from({length: 5}, (_, index) =>
			accounts.store(`r${index}.example.com`, login, signal),
		);
		const second = createAccounts({env: {...noHelper, DOCKER_CONFIG: join(path, '..')}, home: '/'});
		await Promise.all([...others, second.store('second.example.com', login, signal)]);
		const kept = await accounts.list(signal);
		assert.equal(kept.length, 6);
		assert.equal(JSON.parse(await readFile(path, 'utf8')).a, 1);
	});

	test('what is in the environment cannot be changed here', async () => {
		const env = {
			...noHelper,
			DOCKER_AUTH_CONFIG: JSON.stringify({auths: {'r.example.com': {auth: basic('a:b')}}}),
		};
		const {accounts} = await makePlace(undefined, env);
		assert.deepEqual(await accounts.storeFor('r.example.com'), {
			kind: 'environment',
			variable: 'DOCKER_AUTH_CONFIG',
		});
		await assert.rejects(
			accounts.store('r.example.com', login, signal),
			/DOCKER_AUTH_CONFIG: change it there/,
		);
		await assert.rejects(accounts.erase('r.example.com', signal), /DOCKER_AUTH_CONFIG/);
	});
});

describe('an account kept by a helper', () => {
	test('the secret is nowhere else, and the file tells that there is one, as docker does', async () => {
		const helper = await makeCredentialHelper(await makeFolder(), 'vault');
		const {accounts, path} = await makePlace(
			{auths: {'r.example.com': {auth: basic('old:old')}}, credsStore: 'vault'},
			{PATH: helper.path},
		);
		assert.deepEqual(await accounts.store('r.example.com', login, signal), {kind: 'helper', name: 'vault'});
		const token = {username: 'me', credentials: {kind: 'identity-token', token: 'refresh'}} as const;
		await accounts.store('docker.io', token, signal);
		assert.deepEqual(await helper.kept(), {
			'r.example.com': {Username: 'me', Secret: 'pass word'},
			'https://index.docker.io/v1/': {Username: '<token>', Secret: 'refresh'},
		});
		assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {
			auths: {'r.example.com': {}, 'https://index.docker.io/v1/': {}},
			credsStore: 'vault',
		});
		assert.equal(await accounts.erase('r.example.com', signal), true);
		assert.equal(await accounts.erase('r.example.com', signal), false);
		await helper.put('http://r.example.com', 'me', 'x');
		await helper.behave('deaf');
		assert.equal(await accounts.erase('docker.io', signal), true);
		assert.deepEqual(await helper.kept(), {'http://r.example.com': {Username: 'me', Secret: 'x'}});
		await helper.behave('works');
		assert.equal(await accounts.erase('r.example.com', signal), true);
		assert.deepEqual(await helper.kept(), {});
		assert.deepEqual(JSON.parse(await readFile(path, 'utf8')), {auths: {}, credsStore: 'vault'});
	});

	test('that of this machine is taken, and named, where the file knows no account', async () => {
		const helper = await makeCredentialHelper(await makeFolder(), 'secretservice');
		const {accounts, path} = await makePlace('{"detachKeys": "ctrl-q"}', {
			PATH: helper.path.split(':')[0] ?? '',
		});
		assert.deepEqual(await accounts.store('r.example.com', login, signal), {
			kind: 'helper',
			name: 'secretservice',
		});
		assert.equal(
			await readFile(path, 'utf8'),
			'{"detachKeys": "ctrl-q","auths": {"r.example.com": {}},"credsStore": "secretservice"}',
		);
	});

	test('what goes wrong with it is told with its name and words, never with a secret', async () => {
		const helper = await makeCredentialHelper(await makeFolder(), 'vault');
		const config = {
			credHelpers: {'r.example.com': 'vault', 'm.example.com': 'missing', 'e.example.com': '../evil'},
		};
		const {accounts, path} = await makePlace(config, {PATH: helper.path});
		const before = await readFile(path, 'utf8');
		const refused = async (work: Promise<unknown>, expected: RegExp): Promise<void> => {
			await assert.rejects(work, (error: unknown) => {
				assert.ok(error instanceof AccountError);
				assert.match(error.message, expected);
				assert.doesNotMatch(error.message, /pass word/);
				return true;
			});
		};
		await helper.behave('crash');
		await refused(
			accounts.credentialsFor('r.example.com', signal),
			/docker-credential-vault get: the keychain is locked/,
		);
		await refused(
			accounts.store('r.example.com', login, signal),
			/docker-credential-vault store: the keychain is locked/,
		);
		await refused(
			accounts.erase('r.example.com', signal),
			/docker-credential-vault erase: the keychain is locked/,
		);
		await refused(
			accounts.credentialsFor('m.example.com', signal),
			/docker-credential-missing is not on the PATH/,
		);
		await refused(
			accounts.credentialsFor('e.example.com', signal),
			/"\.\.\/evil" is no name of a credential helper/,
		);
		await helper.behave('echo');
		await refused(
			accounts.store('r.example.com', login, signal),
			/docker-credential-vault store: ended with 3/,
		);
		await helper.behave('babble');
		await refused(
			accounts.credentialsFor('r.example.com', signal),
			/docker-credential-vault get answered with what is no JSON/,
		);
		assert.equal(await readFile(path, 'utf8'), before);
		await helper.behave('works');
		assert.equal(await accounts.credentialsFor('r.example.com', signal), undefined);
	});

	test('one that hangs is given up after a while, and at once when nobody waits any more', async () => {
		const helper = await makeCredentialHelper(await makeFolder(), 'vault');
		await helper.behave('hang');
		const home = await makeFolder();
		await writeFile(join(home, 'config.json'), '{"credsStore": "vault"}');
		const env = {PATH: helper.path, DOCKER_CONFIG: home};
		const hasty = createAccounts({env, home, limitMs: 200});
		await assert.rejects(
			hasty.credentialsFor('r.example.com', signal),
			/docker-credential-vault get has not answered within 1 s/,
		);
		const leaving = new AbortController();
		const asked = createAccounts({env, home}).credentialsFor('r.example.com', leaving.signal);
		leaving.abort();
		await assert.rejects(asked, {name: 'AbortError'});
	});
});
