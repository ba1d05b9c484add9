import type {Message} from '../messages.ts';
import type {
	PagedList,
	RegistryFact,
	RegistryListKey,
	RegistryView,
	RepositoryView,
} from '../views/registry.ts';
import {listOf, withList} from './registry-parts.ts';

/** Of a list that is still read for the same wish; late words of another are dropped. */
const ofTurn = (
	view: RegistryView,
	{of: key, turn}: {readonly of: RegistryListKey; readonly turn: number},
	change: (list: PagedList) => PagedList,
): RegistryView => {
	const list = listOf(view, key);
	return list?.turn === turn && list.status === 'reading' ? withList(view, change(list), key) : view;
};

const withPage = (
	list: PagedList,
	message: Extract<RegistryFact, {type: 'registry/list-read'}>,
): PagedList => {
	const {next: _n, freshCount: _f, fault: _x, ...rest} = list;
	return {
		...rest,
		items: message.isWhole ? message.items : [...list.items, ...message.items],
		status: message.isDone ? 'ready' : 'reading',
		readAt: message.at,
		...(message.next !== undefined && {next: message.next}),
	};
};

const withRepository = (
	view: RegistryView,
	key: string,
	change: (known: RepositoryView) => RepositoryView,
): RegistryView => {
	const known = view.repositories.get(key);
	if (known === undefined) return view;
	return {...view, repositories: new Map(view.repositories).set(key, change(known))};
};

const reduceManifest = (
	view: RegistryView,
	message: Extract<
		RegistryFact,
		{type: 'registry/manifest-read' | 'registry/referrers-read' | 'registry/manifest-failed'}
	>,
): RegistryView => {
	const known = view.manifests.get(message.key);
	if (known === undefined) return view;
	const changed = (next: typeof known): RegistryView => ({
		...view,
		manifests: new Map(view.manifests).set(message.key, next),
	});
	if (message.type === 'registry/referrers-read') return changed({...known, referrers: message.referrers});
	if (message.turn !== known.turn) return view;
	if (message.type === 'registry/manifest-failed')
		return changed({...known, status: 'failed', fault: message.fault});
	const {turn, manifest, config} = message;
	return changed({status: 'ready', turn, manifest, ...(config && {config})});
};

const reduceAccounts = (
	view: RegistryView,
	message: Extract<RegistryFact, {type: 'registry/accounts-listed' | 'registry/accounts-failed'}>,
): RegistryView => {
	const {turn, list} = view.accounts;
	if (message.type === 'registry/accounts-listed')
		return {...view, accounts: {status: 'known', turn, list: message.accounts}};
	return {...view, accounts: {status: 'failed', turn, list, fault: message.fault}};
};

/** What registries and accounts have told. */
export const reduceRegistryFacts = (view: RegistryView, message: Message): RegistryView => {
	switch (message.type) {
		case 'registry/accounts-listed':
		case 'registry/accounts-failed':
			return reduceAccounts(view, message);
		case 'registry/remembered':
			return {...view, isRemembered: true, added: [...new Set([...message.hosts, ...view.added])]};
		case 'registry/checked':
			return {...view, checks: new Map(view.checks).set(message.host, message.check)};
		case 'registry/list-read':
			return ofTurn(view, message, list => withPage(list, message));
		case 'registry/list-counted':
			return ofTurn(view, message, list => ({...list, freshCount: message.count}));
		case 'registry/list-failed':
			return ofTurn(view, message, ({freshCount: _, ...list}) => ({
				...list,
				status: 'failed',
				fault: message.fault,
			}));
		case 'registry/heads-read':
			return withRepository(view, message.key, known => ({
				...known,
				heads: new Map([...known.heads, ...message.heads]),
			}));
		case 'registry/look-failed':
			return withRepository(view, message.key, known => ({...known, lookFault: message.fault}));
		case 'registry/details-read':
			return withRepository(view, message.key, known => ({
				...known,
				details: new Map(known.details).set(message.digest, message.details),
			}));
		case 'registry/manifest-read':
		case 'registry/referrers-read':
		case 'registry/manifest-failed':
			return reduceManifest(view, message);
		default:
			return view;
	}
};
