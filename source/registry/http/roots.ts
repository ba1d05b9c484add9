import {getCACertificates} from 'node:tls';
import {Worker} from 'node:worker_threads';
import {texts} from '../../engine/decode/read.ts';

const readSystem = `
const {parentPort} = require('node:worker_threads');
parentPort.postMessage(require('node:tls').getCACertificates('system'));
`;

/** Those of this machine; in a thread of its own, for it takes a tenth of a second and more. */
const rootsOfMachine = (): Promise<readonly string[]> => {
	const {promise, resolve} = Promise.withResolvers<readonly string[]>();
	const worker = new Worker(readSystem, {eval: true});
	worker.once('message', (roots: unknown) => resolve(texts(roots)));
	worker.once('error', () => resolve([]));
	worker.once('exit', () => resolve([]));
	return promise;
};

let known: Promise<readonly string[]> | undefined;

const readAll = async (): Promise<readonly string[]> => {
	const own = getCACertificates('default');
	const all = new Set([...own, ...(await rootsOfMachine())]);
	return all.size === new Set(own).size ? [] : [...all];
};

/**
 * Whom this machine trusts and Node does not, with those whom both do: the engine on it goes by these.
 * @returns none where Node trusts all of them anyway
 */
export const machineRoots = (): Promise<readonly string[]> => {
	known ??= readAll();
	return known;
};

/** Whom Node trusts of its own accord. */
export const ownRoots = (): readonly string[] => getCACertificates('default');
