import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import type {Answer} from './harness.ts';
import {world} from './image-world.ts';

describe('a pull', () => {
	const pullAll = async (answer: Answer, {clock}: ReturnType<typeof world>) => {
		const lines: Record<string, unknown>[] = [];
		const reading = (async () => {
			for await (const line of answer.lines()) lines.push(line);
		})();
		await clock.advance(60_000);
		await reading;
		return lines;
	};

	test('tells of each layer in the order of a real engine, and the image is there', async () => {
		const here = world();
		const before = here.clock.now();
		const answer = await here.post('/images/create', {fromImage: 'traefik', tag: '3.6'});
		const lines = await pullAll(answer, here);
		assert.deepEqual(lines[0], {status: 'Pulling from library/traefik', id: '3.6'});
		const fresh = lines.filter(line => line.status === 'Pull complete').map(line => line.id);
		assert.ok(fresh.length > 0);
		for (const id of fresh) {
			const steps = lines.filter(line => line.id === id).map(line => line.status);
			assert.deepEqual(
				[...new Set(steps)].filter(status => status !== 'Waiting'),
				[
					'Pulling fs layer',
					'Downloading',
					'Verifying Checksum',
					'Download complete',
					'Extracting',
					'Pull complete',
				],
			);
		}
		assert.ok(lines.some(line => line.status === 'Already exists'));
		assert.match(String(lines.at(-2)?.status), /^Digest: sha256:[\da-f]{64}$/);
		assert.equal(lines.at(-1)?.status, 'Status: Downloaded newer image for traefik:3.6');
		assert.ok(here.images.find('traefik:3.6'));
		assert.deepEqual(
			here.events.map(({Action, id, attributes}) => [Action, id, attributes.name]),
			[['pull', 'traefik:3.6', 'traefik']],
		);
		assert.ok(here.clock.now() > before);
	});

	test('layers are loaded three at a time, within their size, over seconds', async () => {
		const here = world();
		await here.post('/images/prune', {filters: '{"dangling":["false"]}'});
		const answer = await here.post('/images/create', {fromImage: 'postgres', tag: '17'});
		const reading = answer.lines();
		let steps = 0;
		const waiting = new Set<unknown>();
		for (let next = reading.next(); ; next = reading.next()) {
			await here.clock.settle();
			if (here.clock.timerCount() > 0) {
				steps += 1;
				await here.clock.advance(100);
			}
			const {value: line, done} = await next;
			if (done) break;
			if (line.status === 'Waiting') waiting.add(line.id);
			const {current = 0, total = 0} = Object(line.progressDetail);
			assert.ok(current <= total);
		}
		assert.equal(waiting.size, 2);
		assert.ok(steps > 15 && steps < 120, `${steps} steps of 100 ms`);
	});

	test('of what is here already is up to date', async () => {
		const here = world();
		const lines = await pullAll(await here.post('/images/create', {fromImage: 'postgres', tag: '17'}), here);
		assert.deepEqual(
			lines.map(line => String(line.status).split(':')[0]),
			['Pulling from library/postgres', 'Digest', 'Status'],
		);
		assert.equal(lines.at(-1)?.status, 'Status: Image is up to date for postgres:17');
	});

	test('gives the same image again that was removed', async () => {
		const here = world();
		const id = here.images.find('redis:7-alpine')?.id;
		await here.remove('redis:7-alpine');
		assert.equal(here.images.find('redis:7-alpine'), undefined);
		await pullAll(
			await here.post('/images/create', {fromImage: 'docker.io/library/redis', tag: '7-alpine'}),
			here,
		);
		assert.equal(here.images.find('redis:7-alpine')?.id, id);
	});

	test('that the client leaves stores nothing', async () => {
		const here = world();
		const client = new AbortController();
		const answer = await here.post(
			'/images/create',
			{fromImage: 'traefik', tag: '3.6'},
			{signal: client.signal},
		);
		const reading = answer.lines();
		await reading.next();
		const next = reading.next();
		await here.clock.settle();
		client.abort();
		while (!(await reading.next()).done);
		await next;
		assert.equal(here.clock.timerCount(), 0);
		assert.equal(here.images.find('traefik:3.6'), undefined);
		assert.deepEqual(here.events, []);
	});

	test('can fail halfway, after status 200', async () => {
		const here = world();
		const name = 'registry.example.com/platform/huge-model';
		const answer = await here.post('/images/create', {fromImage: name, tag: '1'});
		assert.equal(answer.status, 200);
		const lines = await pullAll(answer, here);
		assert.match(JSON.stringify(lines.at(-1)), /errorDetail.*no space left on device/);
		assert.ok(lines.some(line => line.status === 'Downloading'));
		assert.equal(here.images.find(`${name}:1`), undefined);
	});

	const account = Buffer.from('{"username":"demo","password":"demo"}').toString('base64url');
	for (const [fromImage, headers, status, message] of [
		[
			'private.example.com/team/app',
			{'x-registry-auth': Buffer.from('{"username":"demo","password":"guessed"}').toString('base64url')},
			500,
			/unauthorized: incorrect username or password$/,
		],
		['nope/missing', {}, 404, /^pull access denied for nope\/missing, repository does not exist/],
		['private.example.com/team/app', {}, 500, /team\/app\/manifests\/1": no basic auth credentials$/],
		['private.example.com/team/app', {'x-registry-auth': account}, 200, undefined],
		['UP', {}, 400, /^invalid reference format: repository name \(library\/UP\) must be lowercase$/],
		['nginx:missing', {}, 400, /^invalid reference format/],
	] as const)
		test(`of ${fromImage} is answered with ${status}${'x-registry-auth' in headers ? ' to an account' : ''}`, async () => {
			const answer = await world().post('/images/create', {fromImage, tag: '1'}, {headers});
			assert.equal(answer.status, status);
			if (message) assert.match(answer.json.message, message);
		});
});

describe('registries', () => {
	const pushAll = async ({post, clock}: ReturnType<typeof world>, name: string, tag: string) => {
		const lines: Record<string, unknown>[] = [];
		const answer = await post(`/images/${encodeURIComponent(name)}/push`, {tag});
		const reading = (async () => {
			for await (const line of answer.lines()) lines.push(line);
		})();
		await clock.advance(60_000);
		await reading;
		return lines;
	};
	const countOf = (lines: readonly Record<string, unknown>[], status: string): number =>
		lines.filter(line => line.status === status).length;

	test('a push tells of its layers, of those that are there or near already, and of its digest', async () => {
		const here = world();
		const name = 'registry.example.com/shop/web';
		await here.post('/images/shop%2Fweb:2.4.1/tag', {repo: name, tag: '7'});
		const lines = await pushAll(here, name, '7');
		assert.equal(lines[0]?.status, `The push refers to repository [${name}]`);
		assert.deepEqual(
			['Preparing', 'Waiting', 'Mounted from platform/report-job', 'Pushed'].map(status =>
				countOf(lines, status),
			),
			[8, 3, 2, 6],
		);
		const sent = lines.filter(line => line.status === 'Pushing');
		assert.ok(sent.length > 20);
		for (const {progressDetail} of sent) {
			const {current, total} = Object(progressDetail);
			assert.ok(current <= total);
		}
		assert.match(String(lines.at(-2)?.status), /^7: digest: sha256:[\da-f]{64} size: \d+$/);
		assert.equal(Object(lines.at(-1)?.aux).Tag, '7');
		assert.equal(here.events.at(-1)?.Action, 'push');
		assert.equal(countOf(await pushAll(here, name, '7'), 'Layer already exists'), 8);
	});

	test('what was pushed is there to be pulled', async () => {
		const here = world();
		const name = 'registry.example.com/shop/web';
		await here.post('/images/shop%2Fweb:2.4.1/tag', {repo: name, tag: 'pushed'});
		const aux = Object((await pushAll(here, name, 'pushed')).at(-1)?.aux);
		const {json} = await here.call(`/distribution/${encodeURIComponent(name)}:pushed/json`);
		assert.equal(json.Descriptor.digest, aux.Digest);
		assert.equal(json.Descriptor.size, aux.Size);
	});

	for (const [name, message] of [
		['shop/web', 'denied: requested access to the resource is denied'],
		['nope', 'tag does not exist: nope:latest'],
		['private.example.com/team/new', 'no basic auth credentials'],
		[
			'registry.nowhere.example/team/new',
			'Get "https://registry.nowhere.example/v2/": dial tcp: lookup registry.nowhere.example: no such host',
		],
	] as const)
		test(`a push of ${name} fails after status 200`, async () => {
			const here = world();
			if (name.includes('team')) await here.post('/images/busybox:1.36/tag', {repo: name, tag: 'latest'});
			const lines = await pushAll(here, name, '');
			assert.deepEqual(lines.at(-1), {errorDetail: {message}, error: message});
		});

	test('a search finds by name and description, the official ones when asked', async () => {
		const {call} = world();
		const search = async (query: Record<string, string>) =>
			(await call('/images/search', {query})).json.map(({name}: {name: string}) => name);
		assert.deepEqual((await search({term: 'shop'})).slice(0, 2), ['shop/web', 'shop/api']);
		assert.ok((await search({term: 'wiki'})).includes('demo/wiki'));
		assert.deepEqual(await search({term: 'no name'}), []);
		assert.deepEqual(await search({term: 'a', limit: '1', filters: '{"is-official":["true"]}'}), ['nginx']);
		assert.equal((await call('/images/search', {query: {term: 'a', limit: '500'}})).status, 400);
	});

	test('the digest of a registry is the one the image was pulled with', async () => {
		const {call} = world();
		const {json} = await call('/distribution/postgres:17/json');
		const {json: inspected} = await call('/images/postgres:17/json');
		assert.deepEqual(inspected.RepoDigests, [`postgres@${json.Descriptor.digest}`]);
	});

	test('a login is checked', async () => {
		const {post} = world();
		const login = async (password: string, serveraddress?: string) => {
			const {status, json} = await post('/auth', {}, {body: {username: 'me', password, serveraddress}});
			return [status, json.Status ?? json.message];
		};
		assert.deepEqual(await login('demo'), [200, 'Login Succeeded']);
		assert.deepEqual(await login('demo', 'private.example.com'), [200, 'Login Succeeded']);
		const [status, words] = await login('wrong', 'private.example.com');
		assert.equal(status, 401);
		assert.match(words, /^login attempt to https:\/\/private\.example\.com\/v2\/ failed with status: 401/);
		assert.deepEqual(await login('demo', 'nowhere.example'), [
			500,
			'Get "https://nowhere.example/v2/": dial tcp: lookup nowhere.example: no such host',
		]);
	});
});
