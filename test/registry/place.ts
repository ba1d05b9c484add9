import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {after} from 'node:test';
import {createAccounts} from '../../source/registry/accounts.ts';
import type {Accounts} from '../../source/registry/accounts-port.ts';

/** A folder that is removed after the tests of the file. */
export const makeFolder = async (): Promise<string> => {
	const made = await mkdtemp(join(tmpdir(), 'gantry-accounts-'));
	after(() => rm(made, {recursive: true, force: true}));
	return made;
};

export type Place = {readonly home: string; readonly path: string; readonly accounts: Accounts};

/** A configuration of its own. @param config as text or as a value; absent: there is no file */
export const makePlace = async (
	config: unknown,
	env: Readonly<Record<string, string>> = {},
): Promise<Place> => {
	const home = await makeFolder();
	const path = join(home, 'config.json');
	if (config !== undefined)
		await writeFile(path, typeof config === 'string' ? config : JSON.stringify(config));
	const surroundings = {env: {PATH: process.env.PATH, DOCKER_CONFIG: home, ...env}, home, limitMs: 3000};
	return {home, path, accounts: createAccounts(surroundings)};
};

export const basic = (text: string): string => Buffer.from(text).toString('base64');

export const password = (username: string, text: string) =>
	({kind: 'password', username, password: text}) as const;
