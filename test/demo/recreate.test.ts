import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {createEngine} from '../../source/engine/docker-engine.ts';
import {openDemo} from './demo-client.ts';

suite('containers of the embedded engine', () => {
	test('can be said as a docker run line and made anew with the same settings', async () => {
		await using demo = await openDemo();
		const {socketPath} = demo.engine;
		const engine = createEngine([{target: {kind: 'unix', socketPath}, address: socketPath, source: 'test'}]);
		const {signal} = new AbortController();
		try {
			await engine.connect(signal);
			const containers = await engine.listContainers(signal);
			assert.ok(containers.length > 10);
			// One has a name that no engine takes.
			for (const {id, name} of containers.filter(container => /^[\w.-]+$/.test(container.name))) {
				const one = await engine.blueprint(id, signal);
				const {line, unsaid} = engine.runLine(one);
				assert.ok(line.startsWith(`docker run --detach --name ${name} `), line);
				assert.deepEqual(unsaid, []);
				const created = await engine.createAgain(one, `${name}-new`, signal);
				const two = await engine.blueprint(created.id, signal);
				assert.deepEqual(two.config, one.config, name);
				assert.deepEqual(two.networks, one.networks, name);
				// What was anonymous is bound by name now.
				const {Binds: binds, ...host} = two.host;
				const {Binds: before = [], ...hostBefore} = one.host;
				assert.deepEqual(host, hostBefore, name);
				assert.ok(
					Array.isArray(before) && before.every(bind => Array.isArray(binds) && binds.includes(bind)),
				);
			}
		} finally {
			engine.close();
		}
	});
});
