import {hubHost} from '../../registry/accounts-port.ts';
import type {State} from '../model.ts';
import type {PagedList, RegistryFault, RegistryPlace, RepositoryView} from '../views/registry.ts';
import {manifestView, openPlace, repositoryView} from './registry-place.ts';
import {openCatalog} from './repositories-rows.ts';
import {cursorRowKey, listKeys} from './rows.ts';

/** One line of what is the matter, or of what is going on. */
export type RegistryStatus = {
	readonly tone: 'trouble' | 'watch' | 'info' | 'dim';
	readonly text: string;
	/** What can be done: shown whatever the room. */
	readonly hint?: string;
};

/** What can be done about it. @param host as the user has to name it to the engine */
const hintOf = ({kind, hint}: RegistryFault, host: string): string => {
	if (kind === 'unauthorised') return 'L logs in';
	if (kind === 'denied') return 'L logs in as somebody who may';
	if (hint !== undefined) return hint;
	switch (kind) {
		case 'tls':
			return `put its CA into /etc/docker/certs.d/${host}/ca.crt, or name it in the engine's insecure-registries`;
		case 'account':
			return 'put it right, or log in anew with L';
		case 'rate-limited':
			return 'r tries again, better in a while';
		case 'not-found':
			return 'check the name; r tries again';
		case 'unavailable':
		case 'unreachable':
		case 'protocol':
		case 'unsupported':
		case 'aborted':
			return 'r tries again';
	}
};

const trouble = (fault: RegistryFault, host: string): RegistryStatus => ({
	tone: 'trouble',
	text: fault.message,
	hint: hintOf(fault, host),
});

/** How far a list is that comes page by page; nothing once all of it is there. */
const paging = (list: PagedList): RegistryStatus | undefined => {
	const count = list.freshCount ?? list.items.length;
	if (list.status === 'reading')
		return {tone: 'info', text: `reading${count === 0 ? '' : `, ${count} so far`}`, hint: 'x stops'};
	if (list.status === 'stopped')
		return {tone: 'watch', text: `stopped: there is more than these ${count}`, hint: 'm reads on'};
	if (list.next !== undefined)
		return {
			tone: 'watch',
			text: `there is more than these ${count}, also for the filter`,
			hint: 'm reads on',
		};
	return undefined;
};

/** Nobody lists what the registry has: what can be done instead. */
const catalogTrouble = (fault: RegistryFault, host: string): RegistryStatus => {
	const instead = 'n opens one by its name';
	if (host === hubHost)
		return {
			tone: 'watch',
			text: `${fault.message}: those of images here are shown`,
			hint: `${instead}, S searches`,
		};
	switch (fault.kind) {
		case 'unsupported':
		case 'not-found':
			return {
				tone: 'watch',
				text: `no catalog: ${fault.message}: those of images here are shown`,
				hint: instead,
			};
		case 'unauthorised':
		case 'denied': {
			return {tone: 'watch', text: fault.message, hint: `${hintOf(fault, host)}, ${instead}`};
		}
		default:
			return trouble(fault, host);
	}
};

/** What is the matter with the tag under the cursor. */
const tagTrouble = (state: State, view: RepositoryView, host: string): RegistryStatus | undefined => {
	const key = cursorRowKey(state, 'tags');
	const head = key === undefined ? undefined : view.heads.get(key);
	if (head?.status === 'failed') return trouble(head.fault, host);
	if (head?.status === 'missing')
		return {tone: 'watch', text: `${key ?? ''} is listed, and stands for nothing`, hint: 'r reads again'};
	const details = head?.status === 'known' ? view.details.get(head.digest) : undefined;
	return details?.status === 'failed' ? trouble(details.fault, host) : undefined;
};

const tagsStatus = (state: State, host: string): RegistryStatus | undefined => {
	const view = repositoryView(state);
	if (view === undefined) return undefined;
	const {tags, lookFault} = view;
	if (tags.fault !== undefined) return trouble(tags.fault, host);
	if (lookFault !== undefined) return trouble(lookFault, host);
	const hub: RegistryStatus = {
		tone: 'dim',
		text: 'Docker Hub counts what is read of an image as a pull',
		hint: 'enter reads one',
	};
	return paging(tags) ?? tagTrouble(state, view, host) ?? (host === hubHost ? hub : undefined);
};

const hostsStatus = (state: State): RegistryStatus | undefined => {
	const view = state.registry;
	if (view?.accounts.fault !== undefined) return trouble(view.accounts.fault, hubHost);
	const host = cursorRowKey(state, 'registries');
	const check = host === undefined ? undefined : view?.checks.get(host);
	return check?.status === 'failed' && host !== undefined ? trouble(check.fault, host) : undefined;
};

/** How many tags were looked at, of those that may be lost with what is to be deleted. */
const scanStatus = (state: State): RegistryStatus | undefined => {
	const view = repositoryView(state);
	if (view?.isScanning !== true || view.tags.status === 'failed') return undefined;
	const {tags, heads, scans} = view;
	const done = tags.items.filter(tag => (heads.get(tag)?.scan ?? -1) >= scans).length;
	return {
		tone: 'info',
		text: `looking which tags stand for the same: ${done} of ${tags.items.length}`,
		hint: 'x stops',
	};
};

const statusAt = (state: State, place: RegistryPlace): RegistryStatus | undefined => {
	switch (place.level) {
		case 'registries':
			return hostsStatus(state);
		case 'repositories': {
			const list = openCatalog(state);
			if (list === undefined) return undefined;
			return list.fault === undefined ? paging(list) : catalogTrouble(list.fault, place.host);
		}
		case 'tags':
			return tagsStatus(state, place.host);
		case 'manifest': {
			const view = manifestView(state);
			if (view?.fault !== undefined) return trouble(view.fault, place.host);
			return view?.status === 'reading' ? {tone: 'info', text: 'reading'} : undefined;
		}
	}
};

export const registryStatus = (state: State): RegistryStatus => {
	const place = openPlace(state);
	return (place && (scanStatus(state) ?? statusAt(state, place))) ?? {tone: 'dim', text: ''};
};

/** How much of a list is there, and how much of that the filter shows: `12 of 4000 tags`. */
export const countText = (
	state: State,
	list: 'repositories' | 'tags',
	all: number,
	[one, many]: readonly [string, string],
): string => {
	const shown = listKeys(state, list).length;
	return `${shown === all ? '' : `${shown} of `}${all} ${all === 1 ? one : many}`;
};
