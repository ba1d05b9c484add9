#!/usr/bin/env node
// Checks the Node version, then hands over to the built program. Plain JavaScript that Node 18 still parses,
// with only imports that every Node has: an old Node must get as far as the sentence below.
import {existsSync} from 'node:fs';
import module from 'node:module';
import {homedir} from 'node:os';
import {join} from 'node:path';

const [major, minor] = process.versions.node.split('.').map(Number);
const program = new URL('../dist/main.js', import.meta.url);

if (major < 22 || (major === 22 && minor < 15)) {
	fail(`gantry needs Node 22.15 or newer; this is Node ${process.versions.node}.`);
} else if (!existsSync(program)) {
	fail('gantry is not built yet: run npm run build.');
} else {
	// A folder of the user's own: the default one lies in the shared temp folder.
	module.enableCompileCache(process.env.NODE_COMPILE_CACHE ?? join(cacheFolder(), 'gantry', 'compile-cache'));
	// React chooses its build when it is loaded; its development build costs twice the CPU.
	process.env.NODE_ENV ??= 'production';
	// Deprecations in the code of libraries are for their authors, not for the person at this terminal.
	process.noDeprecation = true;
	const {main} = await import(program.href);
	process.exitCode = await main(process.argv.slice(2));
}

function cacheFolder() {
	if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local');
	if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches');
	return process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
}

function fail(reason) {
	process.stderr.write(`${reason}\n`);
	process.exitCode = 1;
}
