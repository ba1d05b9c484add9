import {createContext, useContext} from 'react';
import type {Runner} from '../commands/run.ts';
import type {Command} from '../commands/types.ts';
import type {Keymap} from '../keys/keymap.ts';
import type {Store} from '../state/store.ts';
import type {Theme} from '../theme/theme.ts';

/** What the composition root hands to every screen. */
export type Services = {
	readonly store: Store;
	readonly runner: Runner;
	readonly commands: readonly Command[];
	readonly keymap: Keymap;
	readonly theme: Theme;
};

const ServicesContext = createContext<Services | undefined>(undefined);

export const ServicesProvider = ServicesContext.Provider;

/** @throws outside of the app. */
export const useServices = (): Services => {
	const services = useContext(ServicesContext);
	if (services === undefined) throw new Error('no services are provided');
	return services;
};
