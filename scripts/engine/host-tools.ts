import {spawnSync} from 'node:child_process';
import process from 'node:process';
import {run, say} from './shell.ts';

/** What a throwaway engine is made of and its tests need, and the Debian package that brings it. */
const packageOf: Readonly<Record<string, string>> = {
	dockerd: 'docker.io',
	'docker-registry': 'docker-registry',
	busybox: 'busybox-static',
	ip: 'iproute2',
	skopeo: 'skopeo',
};

const packages = Object.values(packageOf).join(' ');

/** Why no throwaway engine can run here, in one line; `undefined` when one can. */
export function whyNoEngine(): string | undefined {
	if (process.platform !== 'linux') {
		return `a throwaway engine needs Linux (this is ${process.platform}); point GANTRY_TEST_HOST at an engine instead.`;
	}

	const missing = missingTools();
	if (process.getuid?.() !== 0) {
		const install = missing.length > 0 ? ` and the packages ${packages}` : '';
		return `a throwaway engine needs root${install}; point GANTRY_TEST_HOST at an engine instead.`;
	}

	if (missing.length > 0 && !has('apt-get')) {
		return `${missing.join(', ')} not found: install ${packages} (Debian's names) first.`;
	}

	return undefined;
}

/** Installs what is missing. @throws when it is still missing after that. */
export async function ensureTools(): Promise<void> {
	const missing = missingTools();
	if (missing.length > 0) {
		const wanted = missing.map(tool => packageOf[tool] ?? tool);
		say(`installing ${wanted.join(' ')} …`);
		await run('apt-get', ['update', '--quiet']);
		await install(wanted);
	}

	// From Debian 13 on the command line client is a package of its own.
	if (!has('docker')) await install(['docker-cli']);
	const still = missingTools();
	if (still.length > 0) throw new Error(`still not found after the installation: ${still.join(', ')}`);
}

async function install(names: readonly string[]): Promise<void> {
	await run('apt-get', ['install', '--yes', '--quiet', '--no-install-recommends', ...names], {
		env: {DEBIAN_FRONTEND: 'noninteractive'},
	});
}

function missingTools(): readonly string[] {
	return Object.keys(packageOf).filter(tool => !(tool === 'busybox' ? hasStaticBusybox() : has(tool)));
}

/** The images hold nothing but this one file, so it must need no library. */
function hasStaticBusybox(): boolean {
	return has('busybox') && spawnSync('sh', ['-c', 'ldd "$(command -v busybox)"']).status !== 0;
}

function has(tool: string): boolean {
	return spawnSync('sh', ['-c', 'command -v "$1"', 'sh', tool]).status === 0;
}
