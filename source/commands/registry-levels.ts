import {counted} from '../format/counted.ts';
import {quoteWord} from '../format/shell-words.ts';
import {familiarName} from '../registry/reference.ts';
import {isManifest} from '../resources/manifest.ts';
import type {State} from '../state/model.ts';
import {openPlace} from '../state/selectors/registry-place.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {offlineReason} from './container-actions.ts';
import {requestPull, startPull, transferEnd} from './pull.ts';
import {currentHost, goTo} from './registry-places.ts';
import {deleteCommands} from './remote-delete.ts';
import {
	chosenRepositories,
	chosenTags,
	copiedOfManifest,
	manifestPlace,
	manifestRow,
	manifestTarget,
	needsManifest,
	needsTag,
	type RemoteImage,
	tagsPlace,
} from './remote-targets.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import type {Command, CommandContext} from './types.ts';

const copy = (context: CommandContext, lines: readonly string[], noun: string): void => {
	const [only] = lines;
	if (only === undefined) return;
	if (!context.terminal.copy(lines.join('\n')))
		showError(context, `${counted(lines.length, noun)} are more than a terminal takes into its clipboard`);
	else showSuccess(context, lines.length === 1 ? `copied ${only}` : `copied ${counted(lines.length, noun)}`);
};

/** The references of tags as engines take them. */
const references = (state: State, tags: readonly string[]): readonly string[] => {
	const place = tagsPlace(state);
	return place === undefined ? [] : tags.map(tag => familiarName(place.host, place.repository, tag));
};

/** One by its own words; many, and what became of them, in one message. */
const pullAll = async (context: CommandContext, images: readonly RemoteImage[]): Promise<void> => {
	const [only] = images;
	if (only === undefined) return;
	if (images.length === 1) {
		startPull(context, only);
		return;
	}
	showInfo(context, `pulling ${counted(images.length, 'tag')}: T shows how far they are`);
	const ids = images.map(({reference, choice}) => requestPull(context, reference, choice));
	const ends = await Promise.all(ids.map(id => transferEnd(context, id)));
	const done = ends.filter(({status}) => status === 'done').length;
	const failed = ends.filter(({status}) => status === 'failed');
	if (done > 0) showSuccess(context, `${done} of ${counted(images.length, 'tag')} pulled`);
	const [first] = failed;
	if (first !== undefined)
		showError(
			context,
			`Cannot pull ${counted(failed.length, 'tag')}, such as ${first.reference}: ${first.fault?.message ?? 'no reason given'}`,
			'r in the transfers pane tries again',
		);
};

const pullLine = ({reference, choice}: RemoteImage): string =>
	['docker pull', ...(choice.platform === undefined ? [] : [`--platform ${choice.platform}`])]
		.concat(quoteWord(reference))
		.join(' ');

const ofTags: readonly Command[] = [
	{
		id: 'tags.open',
		scope: 'tags',
		title: 'manifest',
		help: 'Shows what the tag stands for: platforms, layers, annotations',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: needsTag,
		run: context => {
			const state = context.store.getState();
			const place = tagsPlace(state);
			const reference = cursorRowKey(state, 'tags');
			if (place !== undefined && reference !== undefined)
				goTo(context, {...place, level: 'manifest', reference});
		},
	},
	{
		id: 'tags.pull',
		scope: 'tags',
		title: 'pull',
		help: 'Pulls the tag, or all marked ones',
		keys: ['P'],
		group: 'danger',
		inFooter: 2,
		isKeyOnly: true,
		targets: chosenTags,
		disabledReason: state => needsTag(state) ?? offlineReason(state),
		run: async (context, {targets}) => {
			const names = references(context.store.getState(), targets);
			await pullAll(
				context,
				names.map(reference => ({reference, choice: {}})),
			);
		},
	},
	{
		id: 'tags.run',
		scope: 'tags',
		title: 'run',
		help: 'Runs a container from the tag, pulled when it is not here',
		keys: ['R'],
		group: 'danger',
		inFooter: 3,
		isKeyOnly: true,
		disabledReason: state => needsTag(state) ?? offlineReason(state),
		run: ({store, invoke}) => {
			const state = store.getState();
			const key = cursorRowKey(state, 'tags');
			const [argument] = key === undefined ? [] : references(state, [key]);
			if (argument !== undefined) invoke('images.run', {argument});
		},
	},
	{
		id: 'tags.copy',
		scope: 'tags',
		title: 'copy reference',
		help: 'Copies the reference of the tag (OSC 52)',
		keys: ['y'],
		group: 'view',
		inFooter: 21,
		targets: chosenTags,
		disabledReason: needsTag,
		run: (context, {targets}) => copy(context, references(context.store.getState(), targets), 'reference'),
	},
	{
		id: 'tags.copy-pull-line',
		scope: 'tags',
		title: 'copy pull line',
		help: 'Copies the docker pull line of the tag (OSC 52)',
		keys: ['Y'],
		group: 'view',
		targets: chosenTags,
		disabledReason: needsTag,
		run: (context, {targets}) => {
			const names = references(context.store.getState(), targets);
			copy(
				context,
				names.map(reference => pullLine({reference, choice: {}})),
				'line',
			);
		},
	},
];

/** Into the manifest that the row under the cursor names. */
const enterManifest = (context: CommandContext): void => {
	const state = context.store.getState();
	const place = manifestPlace(state);
	const row = manifestRow(state);
	if (place === undefined || row?.digest === undefined) return;
	const {host, repository, reference, parents = []} = place;
	goTo(context, {
		level: 'manifest',
		host,
		repository,
		reference: row.digest,
		parents: [...parents, reference],
	});
};

const ofManifests: readonly Command[] = [
	{
		id: 'manifest.open',
		scope: 'manifest',
		title: 'open',
		help: 'Goes into the platform, the attestation or the referrer under the cursor',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: state => {
			const row = manifestRow(state);
			return row !== undefined && isManifest(row) ? undefined : 'there is nothing to go into';
		},
		run: enterManifest,
	},
	{
		id: 'manifest.pull',
		scope: 'manifest',
		title: 'pull',
		help: 'Pulls what is open, or the platform or manifest under the cursor',
		keys: ['P'],
		group: 'danger',
		inFooter: 2,
		isKeyOnly: true,
		disabledReason: state => needsManifest(state) ?? offlineReason(state),
		run: async context => {
			const target = manifestTarget(context.store.getState());
			if (target !== undefined) await pullAll(context, [target]);
		},
	},
	{
		id: 'manifest.run',
		scope: 'manifest',
		title: 'run',
		help: 'Runs a container from what is open, pulled when it is not here',
		keys: ['R'],
		group: 'danger',
		inFooter: 3,
		isKeyOnly: true,
		disabledReason: state => needsManifest(state) ?? offlineReason(state),
		run: ({store, invoke}) => {
			const target = manifestTarget(store.getState());
			if (target !== undefined) invoke('images.run', {argument: target.reference});
		},
	},
	{
		id: 'manifest.copy',
		scope: 'manifest',
		title: 'copy',
		help: 'Copies the reference by digest, of a layer its digest, of all else its text (OSC 52)',
		keys: ['y'],
		group: 'view',
		inFooter: 21,
		disabledReason: state => (manifestRow(state) === undefined ? 'nothing is listed' : undefined),
		run: context => {
			const text = copiedOfManifest(context.store.getState());
			if (text !== undefined) copy(context, [text], 'reference');
		},
	},
	{
		id: 'manifest.copy-pull-line',
		scope: 'manifest',
		title: 'copy pull line',
		help: 'Copies the docker pull line, with the platform under the cursor (OSC 52)',
		keys: ['Y'],
		group: 'view',
		disabledReason: needsManifest,
		run: context => {
			const target = manifestTarget(context.store.getState());
			if (target !== undefined) copy(context, [pullLine(target)], 'line');
		},
	},
];

const needsRepository = (state: State): string | undefined =>
	chosenRepositories(state).length === 0 ? 'no repository is selected' : undefined;

const ofRepositories: readonly Command[] = [
	{
		id: 'repositories.open',
		scope: 'repositories',
		title: 'tags',
		help: 'Lists the tags of the repository',
		keys: ['enter'],
		group: 'navigate',
		isKeyOnly: true,
		inFooter: 1,
		disabledReason: needsRepository,
		run: context => {
			const state = context.store.getState();
			const place = openPlace(state);
			const repository = cursorRowKey(state, 'repositories');
			if (place?.level !== 'repositories' || repository === undefined) return;
			goTo(context, {level: 'tags', host: place.host, repository});
		},
	},
	{
		id: 'repositories.copy',
		scope: 'repositories',
		title: 'copy name',
		help: 'Copies the name of the repository (OSC 52)',
		keys: ['y'],
		group: 'view',
		inFooter: 21,
		disabledReason: needsRepository,
		run: context => copy(context, chosenRepositories(context.store.getState()), 'name'),
	},
	{
		id: 'registries.copy',
		scope: 'registries',
		title: 'copy host',
		help: 'Copies the host of the registry (OSC 52)',
		keys: ['y'],
		group: 'view',
		inFooter: 21,
		disabledReason: state => (currentHost(state) === undefined ? 'no registry is selected' : undefined),
		run: context => {
			const host = currentHost(context.store.getState());
			if (host !== undefined) copy(context, [host], 'host');
		},
	},
];

/** What can be done with repositories, tags and manifests. */
export const registryLevelCommands: readonly Command[] = [
	...ofRepositories,
	...ofTags,
	...ofManifests,
	...deleteCommands,
];
