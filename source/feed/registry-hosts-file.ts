import {mkdir, readFile, rename, writeFile} from 'node:fs/promises';
import {homedir} from 'node:os';
import {dirname, isAbsolute, join} from 'node:path';
import process from 'node:process';
import {record, texts} from '../engine/decode/read.ts';
import type {RegistryHost} from '../registry/types.ts';

/** Registries that were added by hand, over the sessions. */
export type HostsFile = {
	/** Empty where there is no file, or none that could be read. */
	readonly load: () => Promise<readonly RegistryHost[]>;
	/** Never rejects: what cannot be written is known for this session only. */
	readonly save: (hosts: readonly RegistryHost[]) => Promise<void>;
};

/** After the XDG Base Directory Specification, where a relative path is none; absent where there is no home. */
const statePath = (env: Readonly<Record<string, string | undefined>>, home: string): string | undefined => {
	const {XDG_STATE_HOME: said = ''} = env;
	const base = isAbsolute(said) ? said : home === '' ? undefined : join(home, '.local', 'state');
	return base === undefined ? undefined : join(base, 'gantry', 'registries.json');
};

/** For a world that ends with the session. */
export const noHostsFile: HostsFile = {load: async () => [], save: async () => {}};

export const hostsFile = (
	env: Readonly<Record<string, string | undefined>> = process.env,
	home: string = homedir(),
): HostsFile => {
	const path = statePath(env, home);
	return {
		async load() {
			if (path === undefined) return [];
			try {
				const value: unknown = JSON.parse(await readFile(path, 'utf8'));
				return texts(record(value).registries);
			} catch {
				return [];
			}
		},
		async save(hosts) {
			if (path === undefined) return;
			const half = `${path}.${process.pid}`;
			try {
				await mkdir(dirname(path), {recursive: true, mode: 0o700});
				await writeFile(half, `${JSON.stringify({registries: hosts}, undefined, '\t')}\n`, {mode: 0o600});
				await rename(half, path);
			} catch {
				// Nothing depends on it.
			}
		},
	};
};
