// Installs the dependencies when they are missing or not those of package-lock.json; else says nothing.
// Runs before anything is installed, so on whatever Node the machine has: plain JavaScript, Node 18 and up.
import {spawnSync} from 'node:child_process';
import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

if (!isInstalled()) {
	process.stderr.write('Installing dependencies (npm ci), once …\n');
	const {status, error} = npmCi();
	if (error || status !== 0) fail(`npm ci failed (${error?.message ?? `exit code ${status}`}).`);
	else if (!isInstalled()) fail('npm ci did not install Node: allow install scripts and run npm ci again.');
}

/** npm keeps what it installed in node_modules/.package-lock.json, with the packages of other systems left out. */
function isInstalled() {
	const wanted = packages('package-lock.json');
	const installed = packages(join('node_modules', '.package-lock.json'));
	return (
		existsSync(join(root, 'node_modules', 'node', 'bin')) &&
		Object.entries(wanted).every(([path, {version, integrity, optional}]) =>
			installed[path]
				? installed[path].version === version && installed[path].integrity === integrity
				: path === '' || optional,
		)
	);
}

function packages(file) {
	const path = join(root, file);
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** `error` level: the packages want a newer Node than the machine may have, and run on the one they bring. */
function npmCi() {
	const args = ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'];
	const npm = process.env.npm_execpath;
	// Standard output stays free for what the script prints (`npm run -s engine`, `npm start -s -- --json`).
	const options = {cwd: root, stdio: ['ignore', 2, 2]};
	return npm?.endsWith('npm-cli.js')
		? spawnSync(process.execPath, [npm, ...args], options)
		: spawnSync('npm', args, {...options, shell: process.platform === 'win32'});
}

function fail(reason) {
	process.stderr.write(`${reason}\n`);
	process.exitCode = 1;
}
