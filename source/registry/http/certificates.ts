import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import tls, {createSecureContext, getCACertificates, type SecureContext} from 'node:tls';
import type {RegistrySurroundings} from '../access-port.ts';

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

let roots: readonly string[] | undefined;

/** What Node trusts, and what this machine does, as the engine on it would. */
const trustedRoots = (): readonly string[] => {
	if (roots === undefined) {
		try {
			roots = [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
		} catch {
			roots = tls.rootCertificates;
		}
	}
	return roots;
};

/**
 * @param isChecked without it nobody's word is needed, and the roots are not read
 * @throws what node:tls says of a certificate that is none
 */
export const secureContextOf = (
	{authorities, own}: HostCertificates,
	{isChecked}: {readonly isChecked: boolean},
): SecureContext =>
	createSecureContext({
		...(isChecked ? {ca: [...trustedRoots(), ...authorities]} : {}),
		cert: own.map(({certificate}) => certificate),
		key: own.map(({key}) => key),
	});
