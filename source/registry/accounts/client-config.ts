import {type Fields, record} from '../../engine/decode/read.ts';
import {sanitise} from '../../format/sanitise.ts';
import {AccountError} from '../accounts-port.ts';
import {JsonPlaceError, outlineOf} from './json-outline.ts';

/** What of the docker client's configuration is about accounts. */
export type ClientConfig = {
	/** Entries by their keys, which are hosts or URLs. */
	readonly auths: ReadonlyMap<string, Fields>;
	readonly credsStore?: string;
	/** Names of helpers by the key of a registry. */
	readonly credHelpers: ReadonlyMap<string, string>;
};

const isObject = (value: unknown): boolean =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param name how the text is called in what is thrown @throws AccountError */
const objectIn = (fields: Fields, key: string, name: string): Fields => {
	const value = fields[key] ?? {};
	if (!isObject(value)) throw new AccountError(`${name}: "${sanitise(key)}" is no object`);
	return record(value);
};

/**
 * Reads `config.json`, or what is in `DOCKER_AUTH_CONFIG`. An empty text is an empty configuration. No message quotes
 * a value.
 * @param name the file or variable, for errors
 * @throws AccountError that names it, and the place in it
 */
export const parseClientConfig = (text: string, name: string): ClientConfig => {
	if (text.trim() === '') return {auths: new Map(), credHelpers: new Map()};
	try {
		outlineOf(text);
	} catch (error) {
		if (!(error instanceof JsonPlaceError)) throw error;
		throw new AccountError(`${name} ${error.message}`);
	}
	const parsed: unknown = JSON.parse(text);
	if (!isObject(parsed)) throw new AccountError(`${name}: an object is expected`);
	const fields = record(parsed);
	const auths = new Map<string, Fields>();
	for (const [key, value] of Object.entries(objectIn(fields, 'auths', name))) {
		if (value !== null && !isObject(value))
			throw new AccountError(`${name}: "auths", "${sanitise(key)}" is no object`);
		auths.set(key, record(value));
	}
	const credHelpers = new Map<string, string>();
	for (const [key, value] of Object.entries(objectIn(fields, 'credHelpers', name))) {
		if (typeof value !== 'string')
			throw new AccountError(`${name}: "credHelpers", "${sanitise(key)}" is no text`);
		credHelpers.set(key, value);
	}
	const credsStore = fields.credsStore ?? '';
	if (typeof credsStore !== 'string') throw new AccountError(`${name}: "credsStore" is no text`);
	return {auths, credHelpers, ...(credsStore === '' ? {} : {credsStore})};
};
