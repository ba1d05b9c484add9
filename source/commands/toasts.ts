import {EngineError} from '../engine/errors.ts';
import {RegistryError} from '../registry/types.ts';
import type {Toast} from '../state/model.ts';
import type {CommandContext} from './types.ts';

const shownForMs = 4000;

type ToastContext = Pick<CommandContext, 'store' | 'clock' | 'nextId'>;

const show = (context: ToastContext, toast: Omit<Toast, 'id' | 'at'>): void => {
	const at = context.clock.now();
	context.store.dispatch({type: 'ui/toast-shown', toast: {...toast, id: context.nextId(), at}});
};

export const showSuccess = (context: ToastContext, text: string): void => {
	show(context, {kind: 'success', text, expiresAt: context.clock.now() + shownForMs});
};

export const showInfo = (context: ToastContext, text: string): void => {
	show(context, {kind: 'info', text, expiresAt: context.clock.now() + shownForMs});
};

/** Errors stay until they are dismissed. */
export const showError = (context: ToastContext, text: string, hint?: string): void => {
	show(context, {kind: 'error', text, ...(hint === undefined ? {} : {hint})});
};

/** The words of whoever refused. */
export const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const registryStep = ({kind, host, facts}: RegistryError): string | undefined => {
	if (facts.hint !== undefined) return facts.hint;
	switch (kind) {
		case 'unauthorised':
			return `:login ${host}`;
		case 'denied':
			return `does the account at ${host} have the right to?`;
		case 'not-found':
			return 'check the name and the tag';
		case 'rate-limited':
		case 'unavailable':
			return 'try again later';
		case 'unsupported':
			return 'this registry cannot do that';
		case 'tls':
			return `is its CA in /etc/docker/certs.d/${host}?`;
		case 'unreachable':
			return 'is the registry running, and the name right?';
		case 'protocol':
		case 'aborted':
			return undefined;
	}
};

/** What the user can do about it, by the meaning of the error and what was tried. */
export const nextStep = (error: unknown, commandId: string): string | undefined => {
	if (error instanceof RegistryError) return registryStep(error);
	if (!(error instanceof EngineError)) return undefined;
	switch (error.kind) {
		case 'conflict':
			return conflictSteps[commandId];
		case 'not-found':
			return commandId === 'images.pull' ? 'check the name and the tag' : 'it is gone; the list follows';
		case 'unreachable':
			return 'is the engine running? r retries';
		case 'permission':
			return 'join the group that owns the socket (usually docker), or use sudo';
		case 'auth':
			return ':login logs in to that registry';
		case 'unsupported':
			return 'this engine cannot do that';
		case 'invalid':
		case 'api':
		case 'protocol':
		case 'aborted':
			return undefined;
	}
};

const conflictSteps: Readonly<Record<string, string>> = {
	'containers.remove': 'if it runs: stop it first, or use force',
	'containers.rename': 'choose another name',
	'containers.pause': 'only a running container can be paused',
	'containers.kill': 'it does not run; u starts it',
	'containers.shell': 'start or unpause it first',
	'containers.exec': 'start or unpause it first',
	'containers.attach': 'start or unpause it first',
	'images.run': 'choose another name, or remove the container that has it',
	'images.remove': 'remove the containers that use it first, or use force',
	'containers.prune': 'another prune is under way: wait for it',
	'images.prune': 'another prune is under way: wait for it',
};
