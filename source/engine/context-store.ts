import {createHash} from 'node:crypto';
import {join} from 'node:path';
import {naturalOrder} from '../format/natural-order.ts';
import {record, text} from './decode/read.ts';
import {EndpointError, type TlsMaterial} from './endpoint-types.ts';

type ReadFile = (path: string) => string | undefined;

/** The docker CLI's folder of contexts (`docker context create` writes it). */
export type ContextStore = {
	readonly configFolder: string;
	readonly readFile: ReadFile;
	/**
	 * @param origin who asked for the name, for the message
	 * @throws EndpointError `missing` for a context that is not there
	 */
	readonly find: (name: string, origin: string) => {readonly host: string; readonly tls?: TlsMaterial};
};

/** @param home the user's home folder; `DOCKER_CONFIG` replaces `~/.docker`. */
export const openContextStore = (
	env: Readonly<Record<string, string | undefined>>,
	home: string,
	readFile: ReadFile,
): ContextStore => {
	const configFolder = env.DOCKER_CONFIG || join(home, '.docker');
	return {
		configFolder,
		readFile,
		find: (name, origin) => {
			const folderName = createHash('sha256').update(name).digest('hex');
			const path = join(configFolder, 'contexts/meta', folderName, 'meta.json');
			const meta = readFile(path);
			if (meta === undefined) {
				throw new EndpointError('missing', `${origin} "${name}": no such context (see "docker context ls")`);
			}
			const docker = record(record(parseFile(path, meta).Endpoints).docker);
			const host = text(docker.Host);
			if (host === '')
				throw new EndpointError('missing', `${origin} "${name}": ${path} names no docker host`);
			const isVerified = docker.SkipTLSVerify !== true;
			const tls = readTls(join(configFolder, 'contexts/tls', folderName, 'docker'), isVerified, readFile);
			const isTls = !isVerified || tls.ca !== undefined || tls.cert !== undefined;
			return isTls ? {host, tls} : {host};
		},
	};
};

/** Every context that the docker CLI keeps, but `default`, which has no file; those that cannot be read are left out. */
export const contextNames = (
	store: ContextStore,
	listFolder: (path: string) => readonly string[],
): readonly string[] => {
	const folder = join(store.configFolder, 'contexts/meta');
	return listFolder(folder)
		.map(name => nameIn(store.readFile(join(folder, name, 'meta.json'))))
		.filter(name => name !== '')
		.toSorted((a, b) => naturalOrder(a, b));
};

const nameIn = (meta: string | undefined): string => {
	try {
		return text(record(JSON.parse(meta ?? '')).Name);
	} catch {
		return '';
	}
};

/** The context that `docker context use` chose; `default` when none. */
export const currentContextName = (store: ContextStore): string => {
	const path = join(store.configFolder, 'config.json');
	const config = store.readFile(path);
	if (config === undefined || config.trim() === '') return 'default';
	return text(parseFile(path, config).currentContext) || 'default';
};

/** Reads `ca.pem`, `cert.pem` and `key.pem`; the last two only make sense together. */
export const readTls = (folder: string, isVerified: boolean, readFile: ReadFile): TlsMaterial => {
	const [ca, cert, key] = ['ca.pem', 'cert.pem', 'key.pem'].map(name => readFile(join(folder, name)));
	if ((cert === undefined) !== (key === undefined)) {
		const missing = join(folder, cert === undefined ? 'cert.pem' : 'key.pem');
		throw new EndpointError('missing', `${missing} cannot be read: a certificate and its key go together`);
	}
	return {
		isVerified,
		...(ca === undefined ? {} : {ca}),
		...(cert === undefined ? {} : {cert}),
		...(key === undefined ? {} : {key}),
	};
};

const parseFile = (path: string, content: string): Readonly<Record<string, unknown>> => {
	try {
		return record(JSON.parse(content));
	} catch {
		throw new EndpointError('missing', `${path} is not valid JSON`);
	}
};
