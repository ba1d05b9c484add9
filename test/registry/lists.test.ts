import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {pages} from '../../source/registry/pages.ts';
import {always, holding, openFakeRegistry, refusing} from '../helpers/fake-registry.ts';
import {refused, registryClient} from '../helpers/registry-client.ts';

const {signal} = new AbortController();

const json = {'content-type': 'application/json'} as const;

describe('lists', () => {
	test('10,000 repositories come page by page, each asked for once', async () => {
		const names = Array.from({length: 10_000}, (_, index) => `team/app-${index}`);
		const repositories = Object.fromEntries(names.map(name => [name, ['1']]));
		await using registry = await openFakeRegistry(holding({repositories, pageSize: 1000}));
		const client = registryClient(registry.address);
		const found: string[] = [];
		for await (const items of pages(next => client.repositories(signal, next))) found.push(...items);
		assert.deepEqual(found, names);
		assert.equal(registry.asked().filter(line => line.startsWith('GET /v2/_catalog')).length, 10);
		assert.equal(registry.asked()[0], 'GET /v2/_catalog?n=1000');
	});

	test('5,000 tags in one page', async () => {
		const tags = Array.from({length: 5000}, (_, index) => `v${index}`);
		await using registry = await openFakeRegistry(holding({repositories: {web: tags}}));
		const page = await registryClient(registry.address).tags('web', signal);
		assert.equal(page.items.length, 5000);
		assert.equal(page.next, undefined);
	});

	test('a link to another host is followed on this one; one that leads in a circle ends', async () => {
		await using registry = await openFakeRegistry(({url}) => ({
			headers: {
				link: `<http://elsewhere.invalid/v2/x?last=${url.searchParams.get('last') === 'a' ? 'b' : 'a'}>; rel="next"`,
			},
			body: {repositories: ['one']},
		}));
		const client = registryClient(registry.address);
		const found: string[] = [];
		for await (const items of pages(next => client.repositories(signal, next))) found.push(...items);
		assert.equal(found.length, 3);
		assert.deepEqual(registry.asked().slice(1), ['GET /v2/_catalog?last=a', 'GET /v2/_catalog?last=b']);
	});

	test('null is empty; entries that are no text are left out; what is no list is an error', async () => {
		let body: unknown = {tags: null};
		await using registry = await openFakeRegistry(() => ({headers: json, body}));
		const client = registryClient(registry.address);
		assert.deepEqual(await client.tags('web', signal), {items: []});
		body = {tags: ['1', 7, null, {}, '2']};
		assert.deepEqual((await client.tags('web', signal)).items, ['1', '2']);
		for (body of [{}, {tags: 'x'}, {tags: {}}, 'hello', '<html>welcome</html>', '', '[]'])
			await refused(
				client.tags('web', signal),
				'protocol',
				/^127\.0\.0\.1:\d+\/web: what came is no list of tags/,
			);
	});

	test('a registry that does not take our page size is asked without one', async () => {
		await using registry = await openFakeRegistry(({url}) =>
			url.searchParams.has('n')
				? refusing(400, 'INVALID_QUERY_PARAMETER_VALUE', 'the value of a query parameter is invalid')
				: {body: {repositories: ['a']}},
		);
		assert.deepEqual((await registryClient(registry.address).repositories(signal)).items, ['a']);
	});

	test('a registry without a catalog is named, and what to do', async () => {
		for (const status of [404, 405]) {
			await using registry = await openFakeRegistry(always({status, body: '<html>'}));
			const error = await refused(
				registryClient(registry.address).repositories(signal),
				'unsupported',
				/list of repositories/,
			);
			assert.match(error.facts.hint ?? '', /name one/);
		}
		await refused(registryClient('docker.io').repositories(signal), 'unsupported', /Docker Hub/);
	});

	test('an answer without an end is not read to it', async () => {
		await using registry = await openFakeRegistry(always({body: 'x'.repeat(9 * 1024 * 1024)}));
		await refused(registryClient(registry.address).tags('web', signal), 'protocol', /longer than 8192 kB/);
	});
});
