import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import type {IncomingMessage, ServerResponse} from 'node:http';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {describe, test} from 'node:test';
import {type CountingProxy, openCountingProxy} from '../helpers/counting-proxy.ts';
import {requireEngine, testEngine} from '../helpers/docker.ts';
import {openGantry} from '../helpers/gantry.ts';

/** As Docker Hub's answer comes through an engine. */
const found = [
	{
		star_count: 20_612,
		is_official: true,
		name: 'nginx',
		is_automated: false,
		description: 'Official build of Nginx.',
	},
	{
		star_count: 98,
		is_official: false,
		name: 'nginx/nginx-ingress',
		is_automated: false,
		description:
			'NGINX and  NGINX Plus\nIngress Controllers for Kubernetes \u001B[31mred\u001B]0;title\u0007',
	},
	{
		star_count: 7,
		is_official: false,
		name: 'someone/nginx-日本語-with-a-name-that-is-longer-than-most-columns-are-wide',
		is_automated: false,
		description: '日本語のウェブサーバー、とても速い。設定は簡単です。',
	},
	{star_count: 0, is_official: false, name: 'empty/nginx', is_automated: false, description: ''},
];

type Asked = {readonly query: URLSearchParams; readonly auth: string};

/** The test engine, with a Docker Hub that answers as the test wants. */
async function openHub(
	answer: (to: ServerResponse) => void,
): Promise<CountingProxy & {readonly asked: readonly Asked[]}> {
	const asked: Asked[] = [];
	const proxy = await openCountingProxy(testEngine.host, (from: IncomingMessage, to) => {
		const url = new URL(from.url ?? '/', 'http://engine');
		if (!url.pathname.endsWith('/images/search')) return false;
		asked.push({query: url.searchParams, auth: String(from.headers['x-registry-auth'])});
		answer(to);
		return true;
	});
	return {...proxy, asked};
}

const saying = (status: number, body: unknown) => (to: ServerResponse) => {
	to.writeHead(status, {'content-type': 'application/json'}).end(JSON.stringify(body));
};

describe('search', {skip: requireEngine(), timeout: 120_000}, () => {
	for (const [columns, rows] of [
		[160, 45],
		[80, 24],
	] as const) {
		test(`lists what Docker Hub has, sorted and filtered, at ${columns}x${rows}`, async () => {
			await using hub = await openHub(saying(200, found));
			await using gantry = await openGantry({host: hub.host, columns, rows});
			await gantry.command('search nginx');
			await gantry.sees('╭ Search nginx 4');
			await gantry.line(/nginx .*20612 .*✓ official/);
			await gantry.line(/nginx-ingress .*98 .*NGINX and NGINX/);
			assert.equal(hub.asked[0]?.query.get('term'), 'nginx');
			assert.equal(hub.asked.length, 1);
			// Every row ends with the border, whatever is in it.
			for (const row of gantry.screen().slice(2, 6)) assert.match(row, /│$/);
			assert.doesNotMatch(gantry.rawOutput, /\]0;title/);

			await gantry.press('o');
			await gantry.chooseItem('STARS');
			await gantry.press('O');
			await gantry.until('the fewest stars are on top', () => /empty\/nginx/.test(gantry.screen()[3] ?? ''));
			await gantry.press('/');
			await gantry.type('ingress');
			await gantry.press('enter');
			await gantry.seesNot('20612');
			await gantry.press('y');
			await gantry.tells('copied nginx/nginx-ingress');
			assert.equal(hub.asked.length, 1, 'sorting and filtering ask nobody');
		});
	}

	test('the form limits it, F takes official ones alone, as the account of docker.io', async () => {
		const config = mkdtempSync(join(tmpdir(), 'gantry-test-search-'));
		try {
			const auth = Buffer.from('me:secret').toString('base64');
			const text = JSON.stringify({auths: {'https://index.docker.io/v1/': {auth}}});
			writeFileSync(join(config, 'config.json'), text);
			await using hub = await openHub(saying(200, found));
			await using gantry = await openGantry({host: hub.host, env: {DOCKER_CONFIG: config}});
			await gantry.command('search');
			await gantry.sees('╭ Search images');
			await gantry.type('web server');
			await gantry.press('tab', 'tab');
			await gantry.type('50');
			await gantry.press('enter');
			await gantry.sees('50 stars and more');
			await gantry.until('it was asked', () => hub.asked.length === 1);
			const last = () => hub.asked.at(-1);
			assert.equal(last()?.query.get('term'), 'web server');
			assert.deepEqual(JSON.parse(last()?.query.get('filters') ?? ''), {stars: ['50']});
			const sent: unknown = JSON.parse(Buffer.from(last()?.auth ?? '', 'base64url').toString());
			const serveraddress = 'https://index.docker.io/v1/';
			assert.deepEqual(sent, {username: 'me', password: 'secret', serveraddress});
			await gantry.press('F');
			await gantry.until('it was asked again', () => hub.asked.length === 2);
			await gantry.sees('4  official only');
			const filters: unknown = JSON.parse(last()?.query.get('filters') ?? '');
			assert.deepEqual(filters, {'is-official': ['true'], stars: ['50']});
			await gantry.press('s');
			await gantry.sees('╭ Search images');
			await gantry.sees('web server');
		} finally {
			rmSync(config, {recursive: true});
		}
	});

	test('it says for how long it waits, and who leaves gives the request up', async () => {
		await using hub = await openHub(() => {});
		await using gantry = await openGantry({host: hub.host});
		await gantry.command('search nginx');
		await gantry.sees(/The engine asks Docker Hub, [1-9]s/);
		const waiting = () => hub.open().filter(call => call.includes('/images/search')).length;
		assert.equal(waiting(), 1);
		await gantry.press('esc');
		await gantry.sees('╭ 1 Containers');
		await gantry.until('the request is closed', () => waiting() === 0);
	});

	test('what the engine cannot reach is told in its words, with what to do', async () => {
		const message =
			'Get "https://index.docker.io/v1/search?q=nginx&n=100": dial tcp: lookup index.docker.io on 127.0.0.53:53: no such host';
		let isDown = true;
		await using hub = await openHub(to => {
			if (isDown) saying(500, {message})(to);
			else saying(200, found)(to);
		});
		await using gantry = await openGantry({host: hub.host, columns: 80, rows: 24});
		await gantry.command('search nginx');
		await gantry.sees('Cannot search Docker Hub: Get "https://index.docker.io');
		await gantry.sees('no such host');
		await gantry.sees('The engine itself asks Docker Hub');
		isDown = false;
		await gantry.press('ctrl-r');
		await gantry.sees('nginx-ingress');
	});

	test('nothing that was found is not an error', async () => {
		await using hub = await openHub(saying(200, []));
		await using gantry = await openGantry({host: hub.host});
		await gantry.command('search no-such-thing');
		await gantry.sees('Nothing in Docker Hub is called like "no-such-thing". s searches for something else.');
	});
});
