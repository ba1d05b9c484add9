import {chmod, mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import process from 'node:process';

/**
 * `crash`: ends with 2 and words; `hang`: never answers; `deaf`: cannot list; `echo`: fails with what it was given;
 * `babble`: succeeds with what is no JSON.
 */
export type HelperMode = 'works' | 'crash' | 'hang' | 'deaf' | 'echo' | 'babble';

export type CredentialHelper = {
	/** For `PATH`: the folder of the helper before all others. */
	readonly path: string;
	/** What it keeps, by the key of the registry. */
	readonly kept: () => Promise<
		Readonly<Record<string, {readonly Username: string; readonly Secret: string}>>
	>;
	readonly put: (key: string, Username: string, Secret: string) => Promise<void>;
	readonly behave: (mode: HelperMode) => Promise<void>;
	/** The words it was called with, one a line. */
	readonly calls: () => Promise<readonly string[]>;
};

const program = (node: string, folder: string): string => `#!${node}
const {readFileSync, writeFileSync, appendFileSync} = require('node:fs');
const folder = ${JSON.stringify(folder)};
const verb = process.argv[2];
appendFileSync(folder + '/calls', verb + '\\n');
const mode = readFileSync(folder + '/mode', 'utf8');
const kept = JSON.parse(readFileSync(folder + '/kept.json', 'utf8'));
const keep = () => writeFileSync(folder + '/kept.json', JSON.stringify(kept));
const input = readFileSync(0, 'utf8').trim();
const missing = () => {
	console.log('credentials not found in native keychain');
	process.exit(1);
};
if (mode === 'hang') setInterval(() => {}, 1000);
else if (mode === 'crash') {
	console.log('the keychain is locked');
	process.exit(2);
} else if (mode === 'echo') {
	console.log('cannot keep ' + input);
	process.exit(3);
} else if (mode === 'babble') console.log('hello');
else if (verb === 'store') {
	const {ServerURL, Username, Secret} = JSON.parse(input);
	kept[ServerURL] = {Username, Secret};
	keep();
} else if (verb === 'get') {
	if (kept[input] === undefined) missing();
	console.log(JSON.stringify({ServerURL: input, ...kept[input]}));
} else if (verb === 'erase') {
	if (kept[input] === undefined) missing();
	delete kept[input];
	keep();
} else if (mode === 'deaf') {
	console.log('list is not supported');
	process.exit(1);
} else console.log(JSON.stringify(Object.fromEntries(Object.entries(kept).map(([key, {Username}]) => [key, Username]))));
`;

/** Writes an executable \`docker-credential-<name>\` that keeps what it is given in a file of the folder. */
export async function makeCredentialHelper(folder: string, name: string): Promise<CredentialHelper> {
	const bin = join(folder, 'bin');
	await mkdir(bin, {recursive: true});
	const keptPath = join(folder, 'kept.json');
	const file = join(bin, `docker-credential-${name}`);
	await writeFile(file, program(process.execPath, folder));
	await chmod(file, 0o755);
	await writeFile(keptPath, '{}');
	await writeFile(join(folder, 'calls'), '');
	const kept: CredentialHelper['kept'] = async () => JSON.parse(await readFile(keptPath, 'utf8'));
	const helper: CredentialHelper = {
		path: `${bin}:${process.env.PATH}`,
		kept,
		put: async (key, Username, Secret) =>
			writeFile(keptPath, JSON.stringify({...(await kept()), [key]: {Username, Secret}})),
		behave: mode => writeFile(join(folder, 'mode'), mode),
		calls: async () => (await readFile(join(folder, 'calls'), 'utf8')).split('\n').filter(Boolean),
	};
	await helper.behave('works');
	return helper;
}
