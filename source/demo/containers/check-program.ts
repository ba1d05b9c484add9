import {DemoError} from '../contract.ts';
import {isProgram} from '../shell/shell.ts';
import type {ContainerStore} from './container-store.ts';
import type {DemoContainer} from './container-types.ts';
import type {Lifecycle} from './lifecycle.ts';

/**
 * Refuses to start a container whose program is not there; one that is to remove itself is gone then.
 * @throws DemoError 400 in the words of the runtime, which the docker command line reads to exit with 127
 */
export const checkProgram = (
	{id, spec}: DemoContainer,
	store: ContainerStore,
	lifecycle: Lifecycle,
): void => {
	if (spec.program.kind !== 'command') return;
	const [path = ''] = spec.program.argv;
	if (isProgram(path)) return;
	store.change(id, {exitCode: 127});
	if (spec.isAutoRemove) lifecycle.remove(id, false);
	throw new DemoError(
		400,
		`failed to create task for container: failed to create shim task: ${missing('runc create', path)}`,
	);
};

/** What the runtime says of a program that is not there. */
export const missing = (step: string, path: string): string =>
	`OCI runtime ${step.endsWith('create') ? 'create' : 'exec'} failed: ${step} failed: unable to start container process: exec: "${path}": executable file not found in $PATH: unknown`;
