import {EngineError} from '../engine/errors.ts';
import {registryFailure} from '../engine/registry-failure.ts';
import {remoteReference} from '../registry/reference.ts';
import type {TransferWork} from '../state/demand.ts';
import type {Fault} from '../state/loading.ts';
import {faultOf} from './fault.ts';

/** The image that a registry is asked for, or given. */
export const registryReference = (work: TransferWork): string | undefined => {
	if (work.kind === 'pull') return work.reference;
	return work.kind === 'job' && work.job.kind === 'push' ? work.job.reference : undefined;
};

const certificateHint = (message: string, host: string): string =>
	message.includes('HTTP response to HTTPS')
		? `it speaks plain HTTP: name ${host} among the insecure-registries of the engine's daemon.json, if you trust the way there`
		: `the engine does not trust it: put its CA into /etc/docker/certs.d/${host}/ca.crt on the engine's machine`;

/** What can be done about it, when a registry was asked for `reference`. */
const hintOf = (message: string, reference: string | undefined, engineName: string): string | undefined => {
	const failure = registryFailure(message);
	if (failure === 'disk-full')
		return `the disk of the engine${engineName === '' ? '' : ` on ${engineName}`} is full: D in Images removes what nobody uses`;
	const host = reference === undefined ? undefined : remoteReference(reference)?.host;
	if (host === undefined) return undefined;
	switch (failure) {
		case 'login':
			return `:login ${host} with an account that may do that, then r tries again`;
		case 'not-found':
			return 'check the name and the tag: B shows what the registry has';
		case 'certificate':
			return certificateHint(message, host);
		case 'unreachable':
			return `the engine cannot reach ${host}: check its network, DNS and proxy; r tries again`;
		case 'rate-limited':
			return `it limits how often it may be asked: :login ${host} may allow more, r tries again`;
		case 'unavailable':
		case undefined:
			return undefined;
	}
};

/** What the state keeps of a transfer's failure, with what can be done about it. */
export const transferFault = (error: unknown, work: TransferWork, engineName: string, at: number): Fault => {
	const fault = faultOf(error, at);
	// Of the two engines of a move the one that is meant is named already.
	const isMove = work.kind === 'job' && work.job.kind === 'move';
	if (fault.hint !== undefined || isMove || !(error instanceof EngineError)) return fault;
	const hint = hintOf(error.message, registryReference(work), engineName);
	return hint === undefined ? fault : {...fault, hint};
};
