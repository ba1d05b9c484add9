import type {RegistryAuth} from '../engine/registry-types.ts';
import {AccountError, hubHost} from '../registry/accounts-port.ts';
import type {Demand} from '../state/demand.ts';
import type {SearchDemand} from '../state/views/search.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';

/** As many as the engine gives. */
const limit = 100;

/** Searches through the engine, once for each wish; gives up when nobody waits for it any more. */
export const createSearch = (session: Session): {readonly meet: (demand: Demand) => void} => {
	const {engine, clock, scope, registries} = session;
	let current: SearchDemand | undefined;
	let abort = (): void => {};

	const account = async (signal: AbortSignal): Promise<RegistryAuth | undefined> => {
		try {
			const {accounts} = await registries();
			const credentials = await accounts.credentialsFor(hubHost, signal);
			return credentials && {host: hubHost, credentials};
		} catch (error) {
			// Everybody may search: an account that cannot be read is no reason not to.
			if (error instanceof AccountError) return undefined;
			throw error;
		}
	};

	const search = async (
		{term, turn, isOfficialOnly, minStars}: SearchDemand,
		signal: AbortSignal,
	): Promise<void> => {
		session.post({type: 'search/asked', turn, at: clock.now()});
		try {
			const auth = await account(signal);
			const results = await engine.searchImages(term, {limit, isOfficialOnly, minStars}, signal, auth);
			if (signal.aborted) return;
			session.heard();
			session.post({type: 'search/found', turn, results, at: clock.now()});
		} catch (error) {
			if (signal.aborted) return;
			session.post({type: 'search/failed', turn, fault: faultOf(error, clock.now())});
		}
	};

	return {
		meet({search: wanted}) {
			if (wanted === current) return;
			current = wanted;
			abort();
			abort = wanted === undefined ? () => {} : scope.start(signal => search(wanted, signal));
		},
	};
};
