import {parseReference} from '../format/image-name.ts';
import {accept, type Parsed, refuse} from '../format/parsed.ts';
import {hubHost} from '../registry/accounts-port.ts';
import {parseRegistryHost} from '../registry/host.ts';
import {remoteReference} from '../registry/reference.ts';
import type {RegistryHost} from '../registry/types.ts';
import type {Screen, State} from '../state/model.ts';
import {registryRow} from '../state/selectors/registries-rows.ts';
import {openPlace} from '../state/selectors/registry-place.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import type {RegistryPlace} from '../state/views/registry.ts';
import {type CommandContext, FormProblem} from './types.ts';

type Origin = Extract<Screen, {kind: 'registry'}>['origin'];

/** Where the registry screen goes back to: where it was opened from. */
const originOf = ({ui: {screen}, opened, image}: State): Origin => {
	switch (screen.kind) {
		case 'registry':
			return screen.origin;
		case 'dashboard':
			return undefined;
		case 'container': {
			const title = opened?.container?.name;
			return {screen, ...(title !== undefined && {title})};
		}
		case 'image':
			return {screen, ...(image && {title: image.title})};
		default:
			return {screen};
	}
};

export const goTo = ({store}: CommandContext, place: RegistryPlace): void => {
	const origin = originOf(store.getState());
	store.dispatch({type: 'ui/screen-opened', screen: {kind: 'registry', place, ...(origin && {origin})}});
};

const listOf = (place: RegistryPlace) => place.level;

/** One level up, and the row that one comes from. */
const above = (place: RegistryPlace): {readonly place: RegistryPlace; readonly key: string} | undefined => {
	switch (place.level) {
		case 'registries':
			return undefined;
		case 'repositories':
			return {place: {level: 'registries'}, key: place.host};
		case 'tags':
			return {place: {level: 'repositories', host: place.host}, key: place.repository};
		case 'manifest': {
			const {host, repository, reference, parents = []} = place;
			const parent = parents.at(-1);
			if (parent === undefined) return {place: {level: 'tags', host, repository}, key: reference};
			const rest = parents.slice(0, -1);
			const index = {level: 'manifest', host, repository, reference: parent} as const;
			return {place: {...index, ...(rest.length > 0 && {parents: rest})}, key: reference};
		}
	}
};

/** One level up, to the row that one came from; from the top to where the screen was opened. */
export const goUp = (context: CommandContext): void => {
	const {store} = context;
	const {screen} = store.getState().ui;
	if (screen.kind !== 'registry') return;
	const isFound = screen.origin?.screen.kind === 'search' && screen.place.level === 'tags';
	// Who has searched goes back to what else was found.
	const up = isFound ? undefined : above(screen.place);
	if (up === undefined) {
		const {screen: before = {kind: 'dashboard'} as const, title} = screen.origin ?? {};
		store.dispatch({type: 'ui/screen-opened', screen: before, ...(title !== undefined && {title})});
		return;
	}
	goTo(context, up.place);
	store.dispatch({type: 'ui/landed', list: listOf(up.place), key: up.key});
};

/** The registry that is open, or under the cursor. */
export const currentHost = (state: State): RegistryHost | undefined => {
	const place = openPlace(state);
	return place?.level === 'registries' ? cursorRowKey(state, 'registries') : place?.host;
};

const bare = (text: string): string =>
	text
		.trim()
		.replace(/^https?:\/\//, '')
		.replace(/\/+$/, '');

const hostRule = 'a registry is host or host:port, such as registry.example.com:5000 or localhost:5000';

/** As `parseRegistryHost`, where one has to be named. */
export const parseHost = (text: string): Parsed<RegistryHost> =>
	text.trim() === '' ? refuse(text, hostRule) : parseRegistryHost(text);

/** `HOST`, `[HOST/]REPOSITORY` or either with `:TAG` or `@DIGEST`; of what has no host, Docker Hub's. */
export const parsePlace = (text: string, state?: State): Parsed<RegistryPlace> => {
	const name = bare(text);
	if (!name.includes('/')) {
		const host = parseHost(name);
		// `nginx:1` is an image and no port, unless it is known as a registry.
		const isKnown = /^[^:]*\.|^localhost(:|$)|^\[/.test(name) || (state && registryRow(state, name));
		if (host.ok && isKnown) return accept({level: 'repositories', host: host.value});
	}
	const parsed = parseReference(name);
	if (!parsed.ok) return parsed;
	const remote = remoteReference(name);
	if (remote === undefined) return refuse(text, hostRule);
	const {host, repository, reference} = remote;
	const isWhole = parsed.value.tag !== undefined || parsed.value.digest !== undefined;
	return accept(
		isWhole ? {level: 'manifest', host, repository, reference} : {level: 'tags', host, repository},
	);
};

/** What a name typed here begins with. */
export const namePrefix = (state: State): string => {
	const host = currentHost(state);
	return host === undefined || host === hubHost ? '' : `${host}/`;
};

export const needsHost = (state: State): string | undefined =>
	currentHost(state) === undefined ? 'no registry is selected' : undefined;

/** @throws FormProblem naming the value and the rule */
export const parsed = <Value>(value: Parsed<Value>, field: string): Value => {
	if (value.ok) return value.value;
	throw new FormProblem(value.reason, field);
};
