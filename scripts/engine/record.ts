import {
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	writeFileSync,
} from 'node:fs';
import {tmpdir, userInfo} from 'node:os';
import {join} from 'node:path';

/** Where to reach a throwaway engine and its registries. */
export type EngineAddresses = {
	/** As `DOCKER_HOST` wants it. */
	readonly host: string;
	/** `host:port` of the open registry; empty when it has none. */
	readonly registry: string;
	/** `host:port` of the registry that asks for `registryAccount`. */
	readonly authRegistry: string;
};

/** What is kept on disk, so that another process can stop the engine. */
export type EngineRecord = EngineAddresses & {
	readonly bridge: string;
	/** Of its networks: see `addBridge`. */
	readonly network: number;
	/** The process the engine belongs to; `null` when it stays until it is told to stop. */
	readonly owner: number | null;
};

/** The folder of all engines; each has one of its name in it. */
export const home = join(tmpdir(), `gantry-engine-${userInfo().uid}`);
/** Of all engines of this person on this machine, abandoned ones too. */
export function engineNames(): readonly string[] {
	return existsSync(home) ? readdirSync(home) : [];
}

/** The folder's name is known to everybody: it must be ours and closed to others before a socket lies in it. */
export function makeHome(): void {
	mkdirSync(home, {recursive: true, mode: 0o700});
	const {uid, mode} = lstatSync(home);
	if (uid !== userInfo().uid || (mode & 0o077) !== 0) {
		throw new Error(`${home} belongs to somebody else or is open to others; remove it first.`);
	}
}

const recordFile = (name: string) => join(home, name, 'engine.json');

/** Other engines' owners read it at any time: never half of it. */
export function writeRecord(name: string, record: EngineRecord): void {
	writeFileSync(`${recordFile(name)}.new`, JSON.stringify(record));
	renameSync(`${recordFile(name)}.new`, recordFile(name));
}

/** @returns `undefined` when there is no such engine, or nothing of it yet. */
export function readRecord(name: string): EngineRecord | undefined {
	return existsSync(recordFile(name)) ? JSON.parse(readFileSync(recordFile(name), 'utf8')) : undefined;
}
