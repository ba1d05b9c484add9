import {execFile} from 'node:child_process';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** Files in PEM. */
export type Certificate = {readonly certificate: string; readonly key: string};

export type Issued = {
	/** As in a certificate: `IP:127.0.0.1,DNS:localhost`. */
	readonly names?: string;
	readonly hasExpired?: boolean;
	/** Signed by itself instead of the authority. */
	readonly isSelfSigned?: boolean;
	readonly isForClient?: boolean;
};

export type Authority = Certificate & {
	readonly issue: (name: string, wanted?: Issued) => Promise<Certificate>;
};

const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'] as const;

/** A private authority in this folder, made by openssl; nobody trusts it. */
export const makeAuthority = async (folder: string): Promise<Authority> => {
	const file = (name: string): string => join(folder, name);
	const own = {certificate: file('authority.crt'), key: file('authority.key')};
	const base = ['-keyout', own.key, '-out', own.certificate, '-days', '2'];
	await run('openssl', ['req', '-x509', ...key, ...base, '-subj', '/CN=a private authority of a test']);
	return {
		...own,
		async issue(
			name,
			{
				names = 'IP:127.0.0.1,DNS:localhost',
				hasExpired = false,
				isSelfSigned = false,
				isForClient = false,
			} = {},
		) {
			const made = {certificate: file(`${name}.crt`), key: file(`${name}.key`)};
			const extensions = file(`${name}.ext`);
			const usage = isForClient ? 'clientAuth' : 'serverAuth';
			await writeFile(
				extensions,
				`subjectAltName=${names}\nextendedKeyUsage=${usage}\nbasicConstraints=CA:FALSE\n`,
			);
			const request = file(`${name}.csr`);
			await run('openssl', ['req', ...key, '-keyout', made.key, '-out', request, '-subj', `/CN=${name}`]);
			const signer = isSelfSigned
				? ['-signkey', made.key]
				: ['-CA', own.certificate, '-CAkey', own.key, '-CAcreateserial'];
			// Days below zero are those of a certificate that has run out.
			const days = ['-days', hasExpired ? '-1' : '2'];
			await run('openssl', [
				...['x509', '-req', '-in', request, '-extfile', extensions],
				...['-out', made.certificate, ...signer, ...days],
			]);
			return made;
		},
	};
};
