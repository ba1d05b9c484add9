import {record, text} from '../../engine/decode/read.ts';
import {sanitise} from '../../format/sanitise.ts';
import {RegistryError, type RegistryErrorKind, type RegistryHost} from '../types.ts';
import {BadCertificate} from './certificates.ts';
import {GivenUp, TimeOut, TooLong} from './exchange.ts';

/** What was asked of whom, for whoever reads of its failure. */
export type Subject = {
	readonly host: RegistryHost;
	/** `host/repository:tag`, or the host alone. */
	readonly label: string;
	/** Where the authorities of this host's certificate belong. */
	readonly certificates: string;
};

type Failure = {readonly kind: RegistryErrorKind; readonly words: string; readonly hint?: string};

const wrongTrust: Readonly<Record<string, string>> = {
	DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
	SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is signed by an unknown authority',
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is signed by an unknown authority',
	UNABLE_TO_GET_ISSUER_CERT: 'its certificate is signed by an unknown authority',
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is signed by an unknown authority',
	CERT_UNTRUSTED: 'its certificate is not trusted',
};

const wrongCertificate: Readonly<Record<string, string>> = {
	CERT_HAS_EXPIRED: 'its certificate has expired',
	CERT_NOT_YET_VALID: 'its certificate is not valid yet (or the clock here is wrong)',
	CERT_REVOKED: 'its certificate was revoked',
	CERT_SIGNATURE_FAILURE: 'the signature of its certificate is wrong',
	ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for',
};

const noConnection: Readonly<Record<string, string>> = {
	ECONNREFUSED: 'connection refused',
	ECONNRESET: 'the connection broke',
	EPIPE: 'the connection broke',
	ENOTFOUND: 'there is no such host',
	EAI_AGAIN: 'the name of the host cannot be looked up',
	ETIMEDOUT: 'the connection timed out',
	EHOSTUNREACH: 'no route to the host',
	ENETUNREACH: 'the network is unreachable',
};

/** What node:net says of each address of a host it says in one error of several. */
const codeOf = (error: unknown): string => {
	if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
	return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
};

/** Whom it is for, as the certificate says. */
const namesIn = (error: unknown): string => {
	const names = text(record(record(error).cert).subjectaltname);
	return names === '' ? 'another host' : sanitise(names.replaceAll(/DNS:|IP Address:/g, '')).slice(0, 120);
};

/** Nobody whose word counts says that the certificate is right. */
export const isUntrusted = (error: unknown): boolean => wrongTrust[codeOf(error)] !== undefined;

const tlsFailure = (code: string, error: unknown, {host, certificates}: Subject): Failure | undefined => {
	const untrusted = wrongTrust[code];
	if (untrusted !== undefined)
		return {kind: 'tls', words: untrusted, hint: `if you trust it: put its CA into ${certificates}/ca.crt`};
	const wrong = wrongCertificate[code];
	if (wrong !== undefined)
		return {
			kind: 'tls',
			words: code === 'ERR_TLS_CERT_ALTNAME_INVALID' ? `${wrong} ${namesIn(error)}` : wrong,
			hint: `whoever runs ${host} must give it a new one`,
		};
	const message = error instanceof Error ? error.message : '';
	if (/wrong version number|packet length too long|http request/i.test(message))
		return {
			kind: 'tls',
			words: 'it does not speak TLS',
			hint: 'if plain HTTP is meant: name it in the insecure-registries of the engine',
		};
	if (/certificate.required|bad certificate|handshake failure/i.test(message))
		return {
			kind: 'tls',
			words: 'it refused the TLS handshake',
			hint: `does it ask for a client certificate? ${certificates}/client.cert and client.key`,
		};
	return code === 'EPROTO' || code.startsWith('ERR_SSL') || code.startsWith('ERR_OSSL')
		? {kind: 'tls', words: `the TLS handshake failed: ${message.split('\n', 1)[0]}`}
		: undefined;
};

const failureOf = (error: unknown, subject: Subject): Failure => {
	if (error instanceof GivenUp) return {kind: 'aborted', words: 'given up'};
	if (error instanceof TimeOut) return {kind: 'unreachable', words: error.message};
	if (error instanceof TooLong) return {kind: 'protocol', words: error.message};
	if (error instanceof BadCertificate)
		return {
			kind: 'tls',
			words: `a certificate here cannot be used: ${error.message}`,
			hint: `the files in ${subject.certificates} are to be PEM`,
		};
	const code = codeOf(error);
	const tls = tlsFailure(code, error, subject);
	if (tls !== undefined) return tls;
	const words = error instanceof Error ? error.message : String(error);
	if (code.startsWith('HPE_') || code === 'ERR_INVALID_CHAR')
		return {kind: 'protocol', words: `the answer is not HTTP as it should be: ${words}`};
	return {kind: 'unreachable', words: noConnection[code] ?? words};
};

/** What node's words about a connection mean. */
export const wireError = (error: unknown, subject: Subject): RegistryError => {
	if (error instanceof RegistryError) return error;
	const {kind, words, hint} = failureOf(error, subject);
	return new RegistryError(kind, subject.host, `${subject.label}: ${words}`, {
		...(hint === undefined ? {} : {hint}),
		cause: error,
	});
};
