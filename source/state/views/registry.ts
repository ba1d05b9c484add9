import type {Account} from '../../registry/accounts-port.ts';
import type {RegistryHost} from '../../registry/types.ts';
import type {Fault, Loading} from '../loading.ts';

/** How deep the registry screen stands. Repositories are named without their host. */
export type RegistryPlace =
	/** All registries that are known. */
	| {readonly level: 'registries'}
	/** What one has. */
	| {readonly level: 'repositories'; readonly host: RegistryHost}
	| {readonly level: 'tags'; readonly host: RegistryHost; readonly repository: string}
	/** What a tag or a digest stands for. */
	| {
			readonly level: 'manifest';
			readonly host: RegistryHost;
			readonly repository: string;
			readonly reference: string;
	  };

/** The registry screen. */
export type RegistryView = {
	readonly place: RegistryPlace;
	readonly loading: Loading;
	/** Who is logged in where, as far as it was asked. */
	readonly accounts: readonly Account[];
};

export type RegistryFact =
	| {readonly type: 'registry/accounts-listed'; readonly accounts: readonly Account[]}
	| {readonly type: 'registry/failed'; readonly place: RegistryPlace; readonly fault: Fault};

export type RegistryIntent = {readonly type: 'registry/reread'};

export type RegistryMessage = RegistryFact | RegistryIntent;

/** What the screen needs. */
export type RegistryDemand = {readonly place: RegistryPlace};
