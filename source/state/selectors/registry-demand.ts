import {hubHost} from '../../registry/accounts-port.ts';
import type {State} from '../model.ts';
import {listKeyOf, listOf} from '../slices/registry-parts.ts';
import type {
	RegistryDemand,
	RegistryListKey,
	RegistryPlace,
	RegistryView,
	RepositoryView,
} from '../views/registry.ts';
import {isAttestation, selectManifestRows} from './manifest-rows.ts';
import {selectRegistriesRows} from './registries-rows.ts';
import {manifestView, openPlace, openRepository, repositoryView} from './registry-place.ts';
import {cursorRowKey, listView} from './rows.ts';
import {selectTagsRows} from './tags-rows.ts';

const none: readonly string[] = [];

/** Registries on the screen that nobody has asked, the one under the cursor first. */
const uncheckedHosts = (state: State, view: RegistryView): readonly string[] => {
	const place = openPlace(state);
	if (place === undefined) return none;
	if (place.level !== 'registries') return view.checks.has(place.host) ? none : [place.host];
	const {offset, height} = listView(state, 'registries');
	const shown = selectRegistriesRows(state)
		.slice(offset, offset + height)
		.map(({host}) => host);
	const current = cursorRowKey(state, 'registries');
	return [...new Set([...(current === undefined ? [] : [current]), ...shown])].filter(
		host => !view.checks.has(host),
	);
};

const visibleTags = (state: State): readonly string[] => {
	if (openPlace(state)?.level !== 'tags') return none;
	const {offset, height} = listView(state, 'tags');
	const shown = selectTagsRows(state)
		.slice(offset, offset + height)
		.map(({tag}) => tag);
	const current = cursorRowKey(state, 'tags');
	return current === undefined ? shown : [...new Set([current, ...shown])];
};

const headsDemand = (state: State, view: RepositoryView): RegistryDemand['heads'] => {
	const place = openRepository(state);
	if (place === undefined || view.lookFault !== undefined) return undefined;
	const wanted = view.isScanning
		? [...new Set([...visibleTags(state), ...view.tags.items])]
		: visibleTags(state);
	const tags = wanted.filter(tag => (view.heads.get(tag)?.scan ?? -1) < view.scans);
	const {host, repository} = place;
	return tags.length === 0 ? undefined : {host, repository, tags, scan: view.scans};
};

/** Docker Hub counts each manifest that is read as a pull: nothing is read there that nobody has asked for. */
const isMetered = (host: string): boolean => host === hubHost;

const platformDigests = (state: State): readonly string[] => {
	const manifest = manifestView(state)?.manifest;
	if (manifest?.kind !== 'index') return none;
	const platforms = new Set(
		manifest.manifests.filter(each => !isAttestation(each)).map(({digest}) => digest),
	);
	const {offset, height} = listView(state, 'manifest');
	return selectManifestRows(state)
		.slice(offset, offset + height)
		.flatMap(({digest = ''}) => (platforms.has(digest) ? [digest] : []));
};

const detailsDemand = (state: State, view: RepositoryView): RegistryDemand['details'] => {
	const place = openRepository(state);
	if (place === undefined || isMetered(place.host) || view.lookFault !== undefined) return undefined;
	const ofTags = visibleTags(state).flatMap(tag => {
		const head = view.heads.get(tag);
		return head?.status === 'known' ? [head.digest] : [];
	});
	const digests = [...new Set([...ofTags, ...platformDigests(state)])].filter(
		digest => !view.details.has(digest),
	);
	const {host, repository} = place;
	return digests.length === 0 ? undefined : {host, repository, digests};
};

/** A scan needs all tags, whether they are on the screen or not. */
const listingKey = (state: State, place: RegistryPlace): RegistryListKey | undefined => {
	const repository = openRepository(state);
	if (repository === undefined || repositoryView(state)?.isScanning !== true) return listKeyOf(place);
	return {kind: 'tags', host: repository.host, repository: repository.repository};
};

const demandOf = (state: State, view: RegistryView): RegistryDemand => {
	const place = openPlace(state);
	const repository = repositoryView(state);
	const key = place && listingKey(state, place);
	const list = key && listOf(view, key);
	const manifest = manifestView(state);
	const heads = repository && headsDemand(state, repository);
	const details = repository && detailsDemand(state, repository);
	return {
		accountsTurn: view.accounts.turn,
		...(view.isRemembered && {added: view.added}),
		checks: uncheckedHosts(state, view),
		...(key && list?.status === 'reading' && {listing: {of: key, turn: list.turn}}),
		...(heads && {heads}),
		...(details && {details}),
		...(place?.level === 'manifest' &&
			manifest?.status === 'reading' && {
				manifest: {
					host: place.host,
					repository: place.repository,
					reference: place.reference,
					turn: manifest.turn,
				},
			}),
	};
};

const keep = <Part>(): ((next: Part) => Part) => {
	let last: {readonly text: string; readonly part: Part} | undefined;
	return next => {
		const text = JSON.stringify(next);
		if (last?.text !== text) last = {text, part: next};
		return last.part;
	};
};

const keepDemand = keep<RegistryDemand>();

/** What the registry screen needs; nothing while it is closed. The same object as long as it says the same. */
export const selectRegistryDemand = (state: State): RegistryDemand | undefined =>
	openPlace(state) === undefined || state.registry === undefined
		? undefined
		: keepDemand(demandOf(state, state.registry));
