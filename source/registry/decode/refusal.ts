import {STATUS_CODES} from 'node:http';
import {list, record, text} from '../../engine/decode/read.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {Answer} from '../http/exchange.ts';
import {RegistryError, type RegistryErrorKind, type RegistryHost} from '../types.ts';
import {parseJson} from './json.ts';
import {retryAfter} from './retry-after.ts';

const mostLetters = 300;

const kindByCode: Readonly<Record<string, RegistryErrorKind>> = {
	UNAUTHORIZED: 'unauthorised',
	DENIED: 'denied',
	TOOMANYREQUESTS: 'rate-limited',
	NAME_UNKNOWN: 'not-found',
	NAME_INVALID: 'not-found',
	TAG_INVALID: 'not-found',
	MANIFEST_UNKNOWN: 'not-found',
	BLOB_UNKNOWN: 'not-found',
	UNSUPPORTED: 'unsupported',
	UNAVAILABLE: 'unavailable',
};

const kindByStatus: Readonly<Record<number, RegistryErrorKind>> = {
	400: 'unsupported',
	401: 'unauthorised',
	402: 'denied',
	403: 'denied',
	404: 'not-found',
	405: 'unsupported',
	406: 'unsupported',
	410: 'not-found',
	429: 'rate-limited',
	451: 'denied',
};

const safe = (words: string): string => {
	const line = sanitise(words.slice(0, mostLetters * 4)).trim();
	return line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line;
};

const aloneWords = (body: unknown): string => {
	const {message, details, error, error_description} = record(body);
	const found = [error_description, details, message, error].map(each => text(each)).find(Boolean);
	return found ?? '';
};

/** What a registry, or a token server, says of its refusal. */
export type Refusal = {readonly code?: string; readonly words: string};

export const refusalOf = ({status, body}: Pick<Answer, 'status' | 'body'>): Refusal => {
	const json = parseJson(body);
	const first = record(list(record(json).errors)[0]);
	const code = safe(text(first.code));
	const message = safe(text(first.message));
	if (code !== '' || message !== '') {
		// Some say their code as the message too.
		const words = code === '' || message === '' ? code || message : `${code}: ${message}`;
		return {words, ...(code === '' ? {} : {code})};
	}
	const words = safe(aloneWords(json));
	return {words: words === '' ? `${status} ${STATUS_CODES[status] ?? ''}`.trim() : `${status}: ${words}`};
};

const kindOf = (status: number, code: string | undefined): RegistryErrorKind => {
	if (status === 429) return 'rate-limited';
	if (status >= 500) return status === 501 ? 'unsupported' : 'unavailable';
	return kindByCode[code ?? ''] ?? kindByStatus[status] ?? (status >= 400 ? 'unsupported' : 'protocol');
};

export type RefusalContext = {
	readonly host: RegistryHost;
	/** `host/repository:tag`, or the host alone. */
	readonly label: string;
	/** Epoch ms. */
	readonly now: number;
	/** What the status means here, where it is not the usual. */
	readonly kind?: RegistryErrorKind;
	readonly hint?: string;
};

/** A registry's refusal with its meaning and in its own words. */
export const refusalError = (
	answer: Answer,
	{host, label, now, kind, hint}: RefusalContext,
): RegistryError => {
	const {code, words} = refusalOf(answer);
	const retryAfterMs = retryAfter(answer.headers['retry-after'], now);
	return new RegistryError(kind ?? kindOf(answer.status, code), host, `${label}: ${words}`, {
		status: answer.status,
		...(code === undefined ? {} : {code}),
		...(retryAfterMs === undefined ? {} : {retryAfterMs}),
		...(hint === undefined ? {} : {hint}),
	});
};
