import {naturalOrder} from '../../format/natural-order.ts';
import {type Account, type CredentialStore, hubHost} from '../../registry/accounts-port.ts';
import {securityOf} from '../../registry/security.ts';
import type {RegistryHost} from '../../registry/types.ts';
import {type RegistryRow, type RegistryState, registries as resource} from '../../resources/registries.ts';
import type {State} from '../model.ts';
import type {HostCheck, RegistryView} from '../views/registry.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';
import {type LocalRepository, selectContainerHosts, selectLocal} from './registry-local.ts';
import {openPlace} from './registry-place.ts';

const none: readonly RegistryRow[] = [];

const storeText = (store: CredentialStore): string => {
	switch (store.kind) {
		case 'helper':
			return `docker-credential-${store.name}`;
		case 'file':
			return store.path;
		case 'environment':
			return `$${store.variable}`;
		case 'memory':
			return 'memory';
	}
};

/** @param check absent: nobody has asked yet */
const registryState = (check: HostCheck | undefined): RegistryState => {
	if (check === undefined) return 'asking';
	if (check.status === 'ok') return 'ok';
	switch (check.fault.kind) {
		case 'unauthorised':
			return 'login';
		case 'denied':
			return 'denied';
		case 'tls':
			return 'untrusted';
		case 'unreachable':
		case 'aborted':
			return 'absent';
		case 'rate-limited':
		case 'unavailable':
			return 'limited';
		case 'account':
			return 'account';
		case 'not-found':
		case 'unsupported':
		case 'protocol':
			return 'odd';
	}
};

const imagesByHost = (local: ReadonlyMap<string, LocalRepository>): ReadonlyMap<RegistryHost, number> => {
	const found = new Map<RegistryHost, Set<string>>();
	for (const {host, tags, digestsOf} of local.values()) {
		const images = found.get(host) ?? new Set<string>();
		for (const {id} of tags.values()) images.add(id);
		for (const id of digestsOf.keys()) images.add(id);
		found.set(host, images);
	}
	return new Map([...found].map(([host, images]) => [host, images.size]));
};

/** Networks are no registries. */
const isHost = (entry: string): boolean => !entry.includes('/');

const noHosts: readonly RegistryHost[] = [];
const noChecks: RegistryView['checks'] = new Map();
const noAccounts: readonly Account[] = [];

/** Docker Hub first, the others by name. */
const inOrder = (left: RegistryHost, right: RegistryHost): number =>
	Number(right === hubHost) - Number(left === hubHost) || naturalOrder(left, right);

const selectAll: (state: State) => readonly RegistryRow[] = createSelector(
	(state: State) => [
		openPlace(state) !== undefined,
		state.registry?.accounts.list ?? noAccounts,
		state.registry?.added ?? noHosts,
		state.registry?.checks ?? noChecks,
		state.engine.info?.insecureRegistries ?? noHosts,
		openPlace(state) === undefined ? undefined : selectLocal(state),
		openPlace(state) === undefined ? noHosts : selectContainerHosts(state),
		state.ui.lists.registries.marks,
	],
	(
		isOpen: boolean,
		accounts: readonly Account[],
		added: readonly RegistryHost[],
		checks: RegistryView['checks'],
		insecure: readonly string[],
		local: ReadonlyMap<string, LocalRepository> | undefined,
		ofContainers: readonly RegistryHost[],
		marks: ReadonlySet<string>,
	): readonly RegistryRow[] => {
		if (!isOpen || local === undefined) return none;
		const images = imagesByHost(local);
		const known = new Map(accounts.map(account => [account.host, account]));
		const hosts = new Set([
			hubHost,
			...known.keys(),
			...images.keys(),
			...ofContainers,
			...insecure.filter(isHost),
			...added,
		]);
		return [...hosts].toSorted(inOrder).map((host): RegistryRow => {
			const account = known.get(host);
			const check = checks.get(host);
			return {
				key: host,
				host,
				state: registryState(check),
				isInsecure: securityOf(host, insecure).isInsecure,
				images: images.get(host) ?? 0,
				isAdded: added.includes(host),
				isMarked: marks.has(host),
				...(check?.status === 'ok' && {isEncrypted: check.isEncrypted}),
				...(account && {store: storeText(account.store), username: account.username ?? ''}),
			};
		});
	},
);

const selectSorting = sortingSelector('registries');
const sort = createSorter(resource);

const selectSorted = createSelector(
	(state: State) => [selectAll(state), selectSorting(state)],
	(rows: readonly RegistryRow[], sorting: Sorting) => sort(rows, sorting),
);

export const selectRegistriesRows: (state: State) => readonly RegistryRow[] = createSelector(
	(state: State) => [selectSorted(state), state.ui.lists.registries.filter],
	(rows: readonly RegistryRow[], filter: string) => filtered(resource, rows, filter),
);

/** What is known of one registry, filtered out or not. */
export const registryRow = (state: State, host: RegistryHost): RegistryRow | undefined =>
	selectAll(state).find(row => row.host === host);
