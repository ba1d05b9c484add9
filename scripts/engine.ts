/**
 * A real Docker engine with two registries, to try things on: `npm run engine` starts it, `npm run engine -- down`
 * stops it. Standard output is for the shell: `eval "$(npm run -s engine)"`.
 */
import process from 'node:process';
import {registryAccount} from './engine/registry.ts';
import {say} from './engine/shell.ts';
import {startSharedEngine, stopSharedEngine} from './engine/throwaway.ts';

const [action = 'up', ...rest] = process.argv.slice(2);

try {
	if (action === 'up' && rest.length === 0) await up();
	else if (action === 'down' && rest.length === 0) await down();
	else throw new Error(`npm run engine takes nothing, or: -- down (got ${[action, ...rest].join(' ')})`);
} catch (error) {
	say(error instanceof Error ? error.message : String(error));
	process.exitCode = 1;
}

async function up(): Promise<void> {
	say('starting an engine …');
	const engine = await startSharedEngine();
	say(engine.wasUp ? 'it is up already.' : 'it is up; npm run engine -- down stops it.');
	say(`account for ${engine.authRegistry}: ${registryAccount.user} / ${registryAccount.password}`);
	const exports = {
		DOCKER_HOST: engine.host,
		GANTRY_TEST_HOST: engine.host,
		GANTRY_TEST_REGISTRY: engine.registry,
		GANTRY_TEST_AUTH_REGISTRY: engine.authRegistry,
	};
	for (const [name, value] of Object.entries(exports)) process.stdout.write(`export ${name}=${value}\n`);
}

async function down(): Promise<void> {
	say((await stopSharedEngine()) ? 'stopped.' : 'no engine is up.');
}
