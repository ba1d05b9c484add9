import {hubHost} from '../../registry/accounts-port.ts';
import type {Message} from '../messages.ts';
import {
	manifestKey,
	type PagedList,
	type RegistryFault,
	type RegistryPlace,
	type RegistryView,
	type RepositoryView,
	repositoryKey,
} from '../views/registry.ts';
import {reduceRegistryFacts} from './registry-facts.ts';
import {kept, keptManifests, keptRepositories, listOf, withList} from './registry-parts.ts';

/** Docker Hub is not even asked. */
const hubFault: RegistryFault = {kind: 'unsupported', message: 'Docker Hub lists no repositories', at: 0};

const initial: RegistryView = {
	isOpen: false,
	place: {level: 'registries'},
	turns: 0,
	accounts: {status: 'asking', turn: 0, list: []},
	added: [],
	isRemembered: false,
	checks: new Map(),
	catalogs: new Map(),
	named: new Map(),
	repositories: new Map(),
	manifests: new Map(),
};

const unread = (turn: number): PagedList => ({items: [], status: 'reading', turn});

const withoutFault = <Part extends {readonly fault?: RegistryFault}>({
	fault: _,
	...rest
}: Part): Omit<Part, 'fault'> => rest;

/** What was read stays on the screen until all of it has come again. */
const readAnew = (list: PagedList, turn: number): PagedList =>
	list.items.length === 0 ? unread(turn) : {...withoutFault(list), status: 'reading', turn, freshCount: 0};

const freshRepository = (turn: number): RepositoryView => ({
	tags: unread(turn),
	heads: new Map(),
	details: new Map(),
	scans: 0,
	isScanning: false,
});

/** Asks again who is logged in where, and whether that is let in. */
const accountsAnew = (view: RegistryView): RegistryView => {
	const turn = view.turns + 1;
	return {...view, turns: turn, checks: new Map(), accounts: {...view.accounts, turn, status: 'asking'}};
};

const withoutCheck = (view: RegistryView, host: string): RegistryView => {
	const checks = new Map(view.checks);
	return checks.delete(host) ? {...view, checks} : view;
};

const reread = (view: RegistryView, place: RegistryPlace): RegistryView => {
	const turn = view.turns + 1;
	switch (place.level) {
		case 'registries':
			return accountsAnew(view);
		case 'repositories': {
			const list = view.catalogs.get(place.host);
			if (place.host === hubHost || list === undefined) return begun(view, place);
			const catalogs = kept(view.catalogs, place.host, readAnew(list, turn));
			return {...withoutCheck(view, place.host), turns: turn, catalogs};
		}
		case 'tags': {
			const key = repositoryKey(place.host, place.repository);
			const known = view.repositories.get(key);
			if (known === undefined) return begun(view, place);
			const {tags, heads, details, scans} = known;
			const repositories = keptRepositories(view.repositories, key, {
				tags: readAnew(tags, turn),
				heads,
				details: new Map([...details].filter(([, {status}]) => status === 'known')),
				scans: scans + 1,
				isScanning: false,
			});
			return {...withoutCheck(view, place.host), turns: turn, repositories};
		}
		case 'manifest': {
			const key = manifestKey(place.host, place.repository, place.reference);
			const known = view.manifests.get(key);
			if (known === undefined) return begun(view, place);
			const {referrers: _, ...rest} = withoutFault(known);
			const manifests = keptManifests(view.manifests, key, {...rest, status: 'reading', turn});
			return {...withoutCheck(view, place.host), turns: turn, manifests};
		}
	}
};

/** What a place shows is read when it was not yet, or in vain. */
const begun = (view: RegistryView, place: RegistryPlace, isUp = false): RegistryView => {
	const again = (status: string): RegistryView => (status === 'failed' && !isUp ? reread(view, place) : view);
	const turn = view.turns + 1;
	switch (place.level) {
		case 'registries':
			return view;
		case 'repositories': {
			const {host} = place;
			if (host === hubHost) {
				const list: PagedList = {items: [], status: 'failed', turn, fault: hubFault};
				return {...view, turns: turn, catalogs: kept(view.catalogs, host, list)};
			}
			const known = view.catalogs.get(host);
			if (known !== undefined) return again(known.status);
			return {...view, turns: turn, catalogs: kept(view.catalogs, host, unread(turn))};
		}
		case 'tags': {
			const key = repositoryKey(place.host, place.repository);
			const known = view.repositories.get(key);
			if (known !== undefined) return again(known.tags.status);
			const repositories = keptRepositories(view.repositories, key, freshRepository(turn));
			return {...view, turns: turn, repositories};
		}
		case 'manifest': {
			const key = manifestKey(place.host, place.repository, place.reference);
			const known = view.manifests.get(key);
			if (known !== undefined) return again(known.status);
			const manifests = keptManifests(view.manifests, key, {status: 'reading', turn});
			return {...withRepository({...view, turns: turn}, place), manifests};
		}
	}
};

/** What is found out about its platforms belongs to the repository, whose tags are not read before they are seen. */
const withRepository = (
	view: RegistryView,
	{host, repository}: Extract<RegistryPlace, {level: 'manifest'}>,
): RegistryView => {
	const key = repositoryKey(host, repository);
	if (view.repositories.has(key)) return view;
	const turn = view.turns + 1;
	const repositories = keptRepositories(view.repositories, key, freshRepository(turn));
	return {...view, turns: turn, repositories};
};

/** A repository that nobody has listed is remembered by its name. */
const withNamed = (view: RegistryView, place: RegistryPlace): RegistryView => {
	if (place.level !== 'tags' && place.level !== 'manifest') return view;
	const {host, repository} = place;
	const known = view.named.get(host) ?? [];
	if (known.includes(repository) || view.catalogs.get(host)?.items.includes(repository) === true) return view;
	return {...view, named: kept(view.named, host, [...known, repository])};
};

const levels: readonly RegistryPlace['level'][] = ['registries', 'repositories', 'tags', 'manifest'];

const opened = (known: RegistryView | undefined, place: RegistryPlace): RegistryView => {
	const view = known ?? initial;
	const at = {...withNamed(view, place), place};
	// What could not be read is tried again on the way down, not on the way up.
	if (view.isOpen) return begun(at, place, levels.indexOf(place.level) < levels.indexOf(view.place.level));
	// Others may have pushed, deleted, logged in meanwhile.
	return reread(accountsAnew({...at, isOpen: true}), place);
};

/** The list of tags comes anew too: what was pushed meanwhile may stand for the same. */
const scanBegun = (view: RegistryView, key: string): RegistryView => {
	const known = view.repositories.get(key);
	if (known === undefined) return view;
	const {lookFault: _, ...rest} = known;
	const turn = view.turns + 1;
	const scanned = {...rest, scans: rest.scans + 1, isScanning: true, tags: readAnew(rest.tags, turn)};
	return {...view, turns: turn, repositories: keptRepositories(view.repositories, key, scanned)};
};

const withoutScans = (view: RegistryView): RegistryView =>
	[...view.repositories.values()].some(({isScanning}) => isScanning)
		? {
				...view,
				repositories: new Map(
					[...view.repositories].map(([key, known]) => [key, {...known, isScanning: false}]),
				),
			}
		: view;

const stopped = (view: RegistryView): RegistryView => {
	const list = listOf(view);
	if (list?.status !== 'reading') return view;
	const {freshCount, ...rest} = list;
	// What was being read again is still what it was.
	return withList(view, {...rest, status: freshCount === undefined ? 'stopped' : 'ready'});
};

const withAdded = (view: RegistryView, added: RegistryView['added']): RegistryView => ({...view, added});

const reduceIntents = (view: RegistryView, message: Message): RegistryView => {
	switch (message.type) {
		case 'registry/reread':
			return reread(view, view.place);
		case 'registry/accounts-changed':
			return reread(accountsAnew(view), view.place);
		case 'registry/stopped':
			return stopped(withoutScans(view));
		case 'registry/continued': {
			const list = listOf(view);
			if (list === undefined) return view;
			const turn = view.turns + 1;
			const next = {...withoutFault(list), status: 'reading', turn} as const;
			return {...withList(view, next), turns: turn};
		}
		case 'registry/host-added':
			return view.added.includes(message.host) ? view : withAdded(view, [...view.added, message.host]);
		case 'registry/host-forgotten':
			return withAdded(
				view,
				view.added.filter(host => host !== message.host),
			);
		case 'registry/scan-began':
			return scanBegun(view, message.key);
		case 'registry/scan-ended':
			return withoutScans(view);
		default:
			return reduceRegistryFacts(view, message);
	}
};

/** What was read of registries stays when their screen is closed. */
export const reduceRegistry = (
	view: RegistryView | undefined,
	message: Message,
): RegistryView | undefined => {
	if (message.type === 'ui/screen-opened') {
		const idle = view && withoutScans(view);
		if (message.screen.kind === 'registry') return opened(idle, message.screen.place);
		return idle?.isOpen === true ? {...idle, isOpen: false} : view;
	}
	if (message.type === 'registry/host-added') return reduceIntents(view ?? initial, message);
	return view && reduceIntents(view, message);
};
