import {reasonAgainst} from '../commands/run.ts';
import type {Command} from '../commands/types.ts';
import {useServices} from './services.ts';

/** Why a command cannot be done now; absent when it can. */
export const useCommandReason = (): ((command: Command) => string | undefined) => {
	const {store} = useServices();
	return command => reasonAgainst(command, store.getState());
};
