import {copyFileSync, mkdirSync} from 'node:fs';
import {join} from 'node:path';
import {type Authority, type Issued, makeAuthority} from './certificates.ts';
import {openRegistry, type StartedRegistry, temporaryFolder} from './started-registry.ts';

export type TlsRegistry = StartedRegistry & {
	/** File in PEM: whoever trusts it trusts the registry. */
	readonly authority: string;
	/** To be used as `/etc/docker/certs.d`: it has a folder for the registry with its authority. */
	readonly certificates: string;
	/** Makes more of the same authority. */
	readonly issue: Authority['issue'];
};

/** A real registry behind TLS, its certificate signed by a private authority that only this test knows. */
export const openTlsRegistry = async (
	issued: Issued = {},
	options: {readonly needsAccount?: boolean} = {},
): Promise<TlsRegistry> => {
	const folder = temporaryFolder('authority');
	const authority = await makeAuthority(folder.path);
	const tls = await authority.issue('registry', issued);
	const registry = await openRegistry({needsAccount: options.needsAccount ?? false, tls});
	const certificates = join(folder.path, 'certs.d');
	mkdirSync(join(certificates, registry.address), {recursive: true});
	copyFileSync(authority.certificate, join(certificates, registry.address, 'ca.crt'));
	return {
		address: registry.address,
		authority: authority.certificate,
		certificates,
		issue: authority.issue,
		stop: registry.stop,
		[Symbol.asyncDispose]: async () => {
			await registry[Symbol.asyncDispose]();
			folder.remove();
		},
	};
};
