import {createHash} from 'node:crypto';
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {createSecureContext, type SecureContext} from 'node:tls';
import type {RegistrySurroundings} from '../access-port.ts';
import {machineRoots, ownRoots} from './roots.ts';

/** Where docker looks for the certificates of registries, each in a folder `host[:port]`. */
export const certificateFolders = ({env, home, certificates}: RegistrySurroundings): readonly string[] =>
	certificates ?? [
		'/etc/docker/certs.d',
		join(env.XDG_CONFIG_HOME || join(home, '.config'), 'docker/certs.d'),
		join(home, '.docker/certs.d'),
	];

export type HostCertificates = {
	/** Texts in PEM; each may have several. */
	readonly authorities: readonly string[];
	/** Of the client, each with its key. */
	readonly own: readonly {readonly certificate: string; readonly key: string}[];
};

const namesIn = async (folder: string): Promise<readonly string[]> => {
	try {
		return (await readdir(folder)).sort();
	} catch {
		return [];
	}
};

/** What may not be read is not there: the handshake then says what it misses. */
const textOf = async (path: string): Promise<string | undefined> => {
	try {
		return await readFile(path, 'utf8');
	} catch {
		return undefined;
	}
};

const pairIn = async (folder: string, name: string) => {
	const stem = join(folder, name.slice(0, -'.cert'.length));
	const [certificate, key] = await Promise.all([textOf(`${stem}.cert`), textOf(`${stem}.key`)]);
	return certificate === undefined || key === undefined ? undefined : {certificate, key};
};

/** `*.crt` are authorities, `*.cert` with `*.key` are the client's own: docker's rule. */
export const readCertificates = async (
	folders: readonly string[],
	host: string,
): Promise<HostCertificates> => {
	const found = await Promise.all(
		folders.map(async each => {
			const folder = join(each, host);
			const names = await namesIn(folder);
			const authorities = names.filter(name => name.endsWith('.crt')).map(name => textOf(join(folder, name)));
			const own = names.filter(name => name.endsWith('.cert')).map(name => pairIn(folder, name));
			return {authorities: await Promise.all(authorities), own: await Promise.all(own)};
		}),
	);
	return {
		authorities: found.flatMap(({authorities}) => authorities).filter(each => each !== undefined),
		own: found.flatMap(({own}) => own).filter(each => each !== undefined),
	};
};

/**
 * Everybody whose word for a certificate counts: Node's roots, those of this machine, and these.
 * @returns `undefined` where that is nobody but Node's
 */
export const allAuthorities = async (
	authorities: readonly string[],
): Promise<readonly string[] | undefined> => {
	const roots = await machineRoots();
	if (roots.length === 0 && authorities.length === 0) return undefined;
	return [...(roots.length === 0 ? ownRoots() : roots), ...authorities];
};

/** A file in a folder of certificates is none. */
export class BadCertificate extends Error {}

const make = (authorities: readonly string[] | undefined, own: HostCertificates['own']): SecureContext => {
	try {
		return createSecureContext({
			...(authorities === undefined ? {} : {ca: [...authorities]}),
			...(own.length === 0
				? {}
				: {cert: own.map(({certificate}) => certificate), key: own.map(({key}) => key)}),
		});
	} catch (error) {
		throw new BadCertificate(error instanceof Error ? error.message : String(error), {cause: error});
	}
};

const mostKept = 8;
/** By what they are made of: hundreds of roots take 60 ms. */
const kept = new Map<string, SecureContext>();

/**
 * @param authorities Node's own roots when absent, at no cost
 * @throws BadCertificate
 */
export const secureContextOf = (
	authorities: readonly string[] | undefined,
	own: HostCertificates['own'],
): SecureContext => {
	if (authorities === undefined || own.length > 0) return make(authorities, own);
	const key = createHash('sha256').update(authorities.join()).digest('hex');
	const context = kept.get(key) ?? make(authorities, own);
	if (kept.size >= mostKept) kept.clear();
	kept.set(key, context);
	return context;
};
