import {counted} from '../format/counted.ts';
import {shortId} from '../format/image-name.ts';
import {familiarName, familiarRepository} from '../registry/reference.ts';
import {securityOf} from '../registry/security.ts';
import {RegistryError} from '../registry/types.ts';
import {isManifest} from '../resources/manifest.ts';
import type {State} from '../state/model.ts';
import type {CommandInput, ConfirmSpec} from '../state/overlays.ts';
import {manifestView, openPlace, openRepository, repositoryView} from '../state/selectors/registry-place.ts';
import {type RepositoryView, repositoryKey} from '../state/views/registry.ts';
import {offlineReason} from './container-actions.ts';
import {goTo} from './registry-places.ts';
import {chosenTags, manifestRow, needsManifest, needsTag} from './remote-targets.ts';
import {showError, showSuccess, wordsOf} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

/** What a scan has found: manifests that are to be deleted, each with every tag that stands for it. */
type Doomed = {readonly digest: string; readonly tags: readonly string[]};

const digestOf = (view: RepositoryView, target: string): string | undefined => {
	if (target.includes(':')) return target;
	const head = view.heads.get(target);
	return head?.status === 'known' ? head.digest : undefined;
};

/** @param targets tags and digests */
const doomedBy = (view: RepositoryView, targets: readonly string[]): readonly Doomed[] => {
	const digests = new Set(targets.flatMap(target => digestOf(view, target) ?? []));
	return [...digests].map(digest => ({
		digest,
		tags: view.tags.items.filter(tag => digestOf(view, tag) === digest),
	}));
};

/** Tags of which nobody knows what they stand for. */
const unread = ({tags, heads}: RepositoryView): number =>
	tags.items.filter(tag => heads.get(tag)?.status === 'failed').length;

const isScanned = ({tags, heads, scans}: RepositoryView): boolean =>
	tags.status === 'ready' &&
	tags.next === undefined &&
	tags.items.every(tag => (heads.get(tag)?.scan ?? -1) >= scans);

/** Why the scan came to nothing. */
const hindrance = ({tags, lookFault}: RepositoryView): string | undefined => {
	if (tags.fault !== undefined) return tags.fault.message;
	if (lookFault !== undefined) return lookFault.message;
	return tags.status === 'ready' && tags.next !== undefined
		? 'it has more tags than are read: m reads on'
		: undefined;
};

/** @returns whether every tag was looked at; not, when the user gave up. */
const scanned = async ({store, signal}: CommandContext, key: string): Promise<boolean> => {
	const outcome = Promise.withResolvers<boolean>();
	const look = (): void => {
		const view = store.getState().registry?.repositories.get(key);
		if (view?.isScanning !== true) {
			outcome.resolve(false);
			return;
		}
		const reason = hindrance(view);
		if (reason !== undefined) outcome.reject(new Error(reason));
		else if (isScanned(view)) outcome.resolve(true);
	};
	const leave = (): void => outcome.resolve(false);
	const unsubscribe = store.subscribe(look);
	signal.addEventListener('abort', leave, {once: true});
	try {
		look();
		return await outcome.promise;
	} finally {
		unsubscribe();
		signal.removeEventListener('abort', leave);
	}
};

/** The index that a manifest is a part of, when it was opened from there or is listed there. */
const indexAround = (state: State, digest: string): string | undefined => {
	const place = openPlace(state);
	if (place?.level !== 'manifest') return undefined;
	return manifestView(state)?.manifest?.digest === digest ? place.parents?.at(-1) : place.reference;
};

const linesFor = (state: State, {digest, tags}: Doomed): readonly string[] => {
	const index = indexAround(state, digest);
	return [
		digest,
		tags.length === 0
			? 'No tag stands for it.'
			: tags.length === 1
				? 'One tag stands for it, which is lost:'
				: `${tags.length} tags stand for it, and all of them are lost:`,
		...(index === undefined ? [] : [`It is a part of ${index}, which stays and misses it from then on.`]),
	];
};

const confirmOf = (state: State, {targets, values}: CommandInput): ConfirmSpec | undefined => {
	const place = openRepository(state);
	const view = repositoryView(state);
	if (values?.scanned !== 'yes' || place === undefined || view === undefined) return undefined;
	const doomed = doomedBy(view, targets);
	const [first] = doomed;
	if (first === undefined) return undefined;
	const lost = doomed.flatMap(({tags}) => tags);
	const [only] = lost;
	const blind = unread(view);
	const repository = familiarRepository(place.host, place.repository);
	return {
		title:
			doomed.length === 1
				? `Delete ${shortId(first.digest)} from ${repository}?`
				: `Delete ${doomed.length} manifests from ${repository}?`,
		lines: [
			...(doomed.length === 1
				? linesFor(state, first)
				: [`${counted(lost.length, 'tag')} stand for them, and all are lost:`]),
			...(blind === 0 ? [] : [`${counted(blind, 'tag')} could not be looked at, and may stand for it too.`]),
			'It is deleted for everybody, and cannot be brought back from here.',
		],
		list: lost.map(tag => familiarName(place.host, place.repository, tag)),
		action: 'Delete',
		toggles: [],
		mustType: lost.length === 1 && only !== undefined ? only : place.repository,
	};
};

const hintFor = (error: unknown): string | undefined => {
	if (!(error instanceof RegistryError)) return undefined;
	const {hint} = error.facts;
	if (hint !== undefined) return hint;
	switch (error.kind) {
		case 'unsupported':
			return 'deletion is off in this registry: who runs it can turn it on';
		case 'unauthorised':
		case 'denied':
			return 'L logs in as somebody who may';
		default:
			return undefined;
	}
};

const remove = async (context: CommandContext, {targets}: CommandInput): Promise<void> => {
	const {store, registries, signal} = context;
	const state = store.getState();
	const place = openRepository(state);
	const view = repositoryView(state);
	if (place === undefined || view === undefined) return;
	const {host, repository} = place;
	const doomed = doomedBy(view, targets);
	const {client} = await registries();
	const registry = client(host, securityOf(host, state.engine.info?.insecureRegistries ?? []));
	const gone: Doomed[] = [];
	for (const each of doomed) {
		try {
			await registry.deleteManifest(repository, each.digest, signal);
			gone.push(each);
		} catch (error) {
			const name = familiarName(host, repository, shortId(each.digest));
			showError(context, `Cannot delete ${name}: ${wordsOf(error)}`, hintFor(error));
			break;
		}
	}
	if (gone.length === 0) return;
	const tags = gone.reduce((sum, each) => sum + each.tags.length, 0);
	const what = gone.length === 1 ? shortId(gone[0]?.digest ?? '') : counted(gone.length, 'manifest');
	showSuccess(context, `${what} deleted, and ${counted(tags, 'tag')} with it`);
	showRest(context);
};

/** Back to the tags, read anew: of what is gone nothing more can be read. */
const showRest = (context: CommandContext): void => {
	const {store} = context;
	const place = openRepository(store.getState());
	if (place === undefined) return;
	const {host, repository} = place;
	goTo(context, {level: 'tags', host, repository});
	store.dispatch({type: 'ui/marks-set', list: 'tags', keys: []}, {type: 'registry/reread'});
};

const run = async (context: CommandContext, input: CommandInput): Promise<void> => {
	if (input.values?.scanned === 'yes') {
		await remove(context, input);
		return;
	}
	const {store, invoke} = context;
	const place = openRepository(store.getState());
	const [target] = input.targets;
	if (place === undefined || target === undefined) return;
	const key = repositoryKey(place.host, place.repository);
	store.dispatch({type: 'registry/scan-began', key});
	try {
		if (!(await scanned(context, key))) return;
		const view = store.getState().registry?.repositories.get(key);
		if (view === undefined || doomedBy(view, input.targets).length === 0) {
			showError(context, `${target} is not there any more`, 'r reads again');
			return;
		}
		invoke(deleteId(store.getState()), {targets: input.targets, values: {scanned: 'yes'}});
	} finally {
		store.dispatch({type: 'registry/scan-ended', key});
	}
};

const deleteId = (state: State): string =>
	openPlace(state)?.level === 'manifest' ? 'manifest.delete' : 'tags.delete';

const command = (facts: Pick<Command, 'id' | 'scope' | 'targets' | 'disabledReason'>): Command => ({
	...facts,
	title: 'delete',
	help: 'Deletes the manifest from the registry, after naming every tag that is lost with it',
	keys: ['d'],
	group: 'danger',
	inFooter: 9,
	isKeyOnly: true,
	confirm: confirmOf,
	run,
});

/** The manifest under the cursor, else the one that is open. */
const manifestDigests = (state: State): readonly string[] => {
	const row = manifestRow(state);
	const digest = row !== undefined && isManifest(row) ? row.digest : manifestView(state)?.manifest?.digest;
	return digest === undefined ? [] : [digest];
};

export const deleteCommands: readonly Command[] = [
	command({
		id: 'tags.delete',
		scope: 'tags',
		targets: chosenTags,
		disabledReason: state => needsTag(state) ?? offlineReason(state),
	}),
	command({
		id: 'manifest.delete',
		scope: 'manifest',
		targets: manifestDigests,
		disabledReason: state => needsManifest(state) ?? offlineReason(state),
	}),
];
