import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {EngineError} from '../../source/engine/errors.ts';
import {type Account, AccountError, type Accounts, type Login} from '../../source/registry/accounts-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {World} from '../state/world.ts';
import {type Desk, openDesk} from './desk.ts';

const file = {kind: 'file', path: '/home/me/.docker/config.json'} as const;
const helper = {kind: 'helper', name: 'vault'} as const;

type Kept = {readonly host: string; readonly login: Login};

const sit = (change: Partial<Accounts> = {}, world: World = {}) => {
	const kept: Kept[] = [];
	const erased: string[] = [];
	const accounts: Accounts = {
		credentialsFor: async () => undefined,
		list: async () => [],
		storeFor: async () => helper,
		store: async (host, login) => {
			kept.push({host, login});
			return accounts.storeFor(host);
		},
		erase: async host => {
			erased.push(host);
			return true;
		},
		...change,
	};
	const desk = openDesk(world, undefined, async () => ({...noRegistries, accounts}));
	return {desk, kept, erased};
};

const settle = async (desk: Desk): Promise<void> => {
	for (let turn = 0; turn < 20; turn += 1) await desk.clock.settle();
};

const open = async (desk: Desk, argument?: string): Promise<void> => {
	desk.runner.invoke('accounts.login', argument === undefined ? {} : {argument});
	await settle(desk);
	assert.equal(desk.top('form').isBusy, false);
};

const submit = async (desk: Desk): Promise<void> => {
	await desk.press('enter');
	await settle(desk);
};

/** Whatever the state and the messages have ever held. */
const traces = (desk: Desk): string =>
	JSON.stringify([desk.messages, desk.state()], (_, value: unknown) =>
		value instanceof Map ? [...value] : value instanceof Set ? [...value] : value,
	);

suite('login', () => {
	test('keeps the password with the helper, and out of the state, whatever is done with it', async () => {
		const {desk, kept} = sit();
		await open(desk, 'reg.example.com:5000');
		assert.equal(desk.top('form').spec.fields[desk.top('form').cursor]?.id, 'username');
		await desk.type('me');
		await desk.press('tab');
		await desk.type('Xhuntr2');
		desk.paste('-Zpasted\n');
		await desk.press('home', 'delete', 'end');
		assert.equal(desk.top('form').values.password?.text, '*'.repeat(14));
		await submit(desk);
		assert.deepEqual(kept, [
			{
				host: 'reg.example.com:5000',
				login: {
					username: 'me',
					credentials: {kind: 'password', username: 'me', password: 'huntr2-Zpasted'},
				},
			},
		]);
		assert.deepEqual(desk.toasts(), [
			'success: logged in to reg.example.com:5000 as me, kept by docker-credential-vault',
		]);
		assert.equal(desk.state().ui.overlays.length, 0);
		assert.doesNotMatch(traces(desk), /hunt|Zpaste/);
		// One letter at a time would tell it as well.
		const typed = desk.messages.flatMap(message =>
			message.type === 'ui/overlay-typed' && message.edit.kind === 'insert' ? [message.edit.text] : [],
		);
		assert.equal(typed.join(''), 'me');
	});

	test('a token that the registry gives out takes the place of the password', async () => {
		const {desk, kept} = sit();
		Object.assign(desk.engine, {
			checkAuth: async () => ({status: 'Login Succeeded', identityToken: 'refresh'}),
		});
		await open(desk);
		await desk.press('tab');
		await desk.type('me');
		await desk.press('tab');
		await desk.type('pw');
		await submit(desk);
		assert.deepEqual(kept, [
			{host: 'docker.io', login: {username: 'me', credentials: {kind: 'identity-token', token: 'refresh'}}},
		]);
	});

	test('a wrong password keeps all but the password, with the words of the registry', async () => {
		const {desk, kept} = sit();
		await open(desk, 'reg.example.com');
		await desk.type('me');
		await desk.press('tab');
		await desk.type('wrong');
		await submit(desk);
		const form = desk.top('form');
		assert.equal(form.problem, 'unauthorized: incorrect username or password');
		assert.equal(form.spec.fields[form.cursor]?.id, 'password');
		assert.deepEqual(Object.fromEntries(Object.entries(form.values).map(([id, {text}]) => [id, text])), {
			host: 'reg.example.com',
			username: 'me',
			password: '',
			plain: '',
		});
		assert.deepEqual(kept, []);
		await desk.type('right');
		await submit(desk);
		assert.equal(kept.length, 1);
		assert.doesNotMatch(traces(desk), /wrong|right/);
	});

	test('anything else that is refused keeps the password for the next try', async () => {
		const {desk, kept} = sit();
		desk.engine.fail('checkAuth', new EngineError('api', 'Get "https://reg/v2/": connection refused'));
		await open(desk, 'reg.example.com');
		await desk.type('me');
		await desk.press('tab');
		await desk.type('secret');
		await submit(desk);
		assert.match(desk.top('form').problem ?? '', /connection refused/);
		assert.equal(desk.top('form').values.password?.text, '******');
		desk.engine.fail('checkAuth');
		await submit(desk);
		assert.equal(
			kept[0]?.login.credentials.kind === 'password' && kept[0].login.credentials.password,
			'secret',
		);
	});

	test('in a plain file only after a yes, asked before the registry is', async () => {
		const {desk, kept} = sit({storeFor: async () => file});
		await open(desk, 'reg.example.com');
		await desk.type('me');
		await desk.press('tab');
		await desk.type('secret');
		await submit(desk);
		const form = desk.top('form');
		assert.match(form.problem ?? '', /readable in \/home\/me\/\.docker\/config\.json/);
		assert.equal(form.spec.fields[form.cursor]?.id, 'plain');
		assert.equal(form.values.password?.text, '******');
		assert.deepEqual(desk.engine.calls('checkAuth'), []);
		await desk.press('space');
		await submit(desk);
		assert.equal(kept.length, 1);
		assert.deepEqual(desk.toasts(), [
			'success: logged in to reg.example.com as me, kept in /home/me/.docker/config.json',
		]);
	});

	test('who is there already is filled in, and was warned before', async () => {
		const {desk} = sit({
			storeFor: async () => file,
			credentialsFor: async () => ({kind: 'password', username: 'old', password: 'stored'}),
		});
		await open(desk, 'https://reg.example.com/');
		const form = desk.top('form');
		assert.equal(form.values.username?.text, 'old');
		assert.equal(form.values.plain?.text, 'yes');
		assert.equal(form.spec.fields[form.cursor]?.id, 'password');
		assert.doesNotMatch(traces(desk), /stored/);
	});

	test('what is not filled in is named before anything is asked', async () => {
		const {desk} = sit();
		await open(desk);
		await desk.type('no registry');
		await submit(desk);
		assert.match(desk.top('form').problem ?? '', /"no registry": a registry is host or host:port/);
		await desk.press('ctrl-u');
		await submit(desk);
		assert.equal(desk.top('form').problem, 'a user name is needed');
		await desk.type('a:b');
		await submit(desk);
		assert.equal(desk.top('form').problem, 'a user name has no colon');
		await desk.press('ctrl-u');
		await desk.type('me');
		await submit(desk);
		assert.match(desk.top('form').problem ?? '', /a password .* is needed/);
		assert.deepEqual(desk.engine.calls('checkAuth'), []);
	});

	test('what was typed is forgotten with the form', async () => {
		const {desk} = sit();
		await open(desk, 'reg.example.com');
		await desk.type('me');
		await desk.press('tab');
		await desk.type('secret');
		await desk.press('esc');
		await open(desk, 'reg.example.com');
		await desk.type('me');
		await desk.press('tab');
		assert.equal(desk.top('form').values.password?.text, '');
		await desk.type('x');
		assert.equal(desk.top('form').values.password?.text, '*');
	});

	test('a configuration that cannot be read is told before anything is typed', async () => {
		const {desk} = sit({
			storeFor: () => Promise.reject(new AccountError('/x/config.json is not JSON at line 1')),
		});
		desk.runner.invoke('accounts.login');
		await settle(desk);
		assert.equal(desk.state().ui.overlays.length, 0);
		assert.deepEqual(desk.toasts(), ['error: login: /x/config.json is not JSON at line 1']);
	});

	test('not in a read-only session', async () => {
		const {desk} = sit({}, {isReadOnly: true});
		for (const id of ['accounts.login', 'accounts.logout']) desk.runner.invoke(id);
		assert.equal(desk.state().ui.overlays.length, 0);
		for (const toast of desk.toasts()) assert.match(toast, /read-only session/);
	});

	test('in the demo nothing is written, and the form says so', async () => {
		const {desk} = sit({storeFor: async () => ({kind: 'memory'})}, {isDemo: true});
		desk.runner.invoke('accounts.login');
		await settle(desk);
		assert.match(JSON.stringify(desk.state().ui.overlays), /nothing is written/);
	});
});

suite('logout', () => {
	const listed: readonly Account[] = [
		{host: 'docker.io', username: 'hub', store: file},
		{host: 'reg.example.com', store: helper},
	];

	test('of a host asks, and tells whether there was somebody', async () => {
		const {desk, erased} = sit();
		desk.runner.invoke('accounts.logout', {argument: 'https://reg.example.com/v2/'});
		assert.equal(desk.top('confirm').spec.title, 'Log out of reg.example.com?');
		await submit(desk);
		assert.deepEqual(erased, ['reg.example.com']);
		assert.deepEqual(desk.toasts(), ['success: logged out of reg.example.com']);
		const other = sit({erase: async () => false});
		other.desk.runner.invoke('accounts.logout', {argument: 'x.example.com'});
		await submit(other.desk);
		assert.deepEqual(other.desk.toasts(), ['info: nobody was logged in to x.example.com']);
	});

	test('without a host offers those that there are', async () => {
		const {desk, erased} = sit({list: async () => listed});
		desk.runner.invoke('accounts.logout');
		await settle(desk);
		assert.deepEqual(desk.top('choice').spec.items, [
			{id: 'docker.io', label: 'docker.io', note: 'hub, /home/me/.docker/config.json'},
			{id: 'reg.example.com', label: 'reg.example.com', note: 'docker-credential-vault'},
		]);
		await desk.press('down', 'enter');
		assert.equal(desk.top('confirm').spec.title, 'Log out of reg.example.com?');
		await submit(desk);
		assert.deepEqual(erased, ['reg.example.com']);
	});

	test('one is asked about at once, none is said', async () => {
		const one = sit({list: async () => listed.slice(0, 1)});
		one.desk.runner.invoke('accounts.logout');
		await settle(one.desk);
		assert.equal(one.desk.top('confirm').spec.title, 'Log out of docker.io?');
		const none = sit();
		none.desk.runner.invoke('accounts.logout');
		await settle(none.desk);
		assert.deepEqual(none.desk.toasts(), ['info: nobody is logged in to any registry']);
	});

	test('what is no registry can be put right', async () => {
		const {desk, erased} = sit();
		desk.runner.invoke('accounts.logout', {argument: 'no registry'});
		assert.equal(desk.top('form').values.argument?.text, 'no registry');
		await desk.press('ctrl-u');
		await desk.type('reg.example.com');
		await submit(desk);
		assert.equal(desk.top('confirm').spec.title, 'Log out of reg.example.com?');
		assert.deepEqual(erased, []);
	});
});
