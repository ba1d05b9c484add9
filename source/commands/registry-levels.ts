import {familiarName} from '../registry/reference.ts';
import type {State} from '../state/model.ts';
import {openPlace} from '../state/selectors/registry-place.ts';
import {cursorRowKey} from '../state/selectors/rows.ts';
import {offlineReason} from './container-actions.ts';
import {manifestCommands} from './registry-manifests.ts';
import {currentHost, goTo} from './registry-places.ts';
import {copyLines, pullAll, pullLine} from './remote-acts.ts';
import {deleteCommands} from './remote-delete.ts';
import {chosenRepositories, chosenTags, needsTag, tagsPlace} from './remote-targets.ts';
import type {Command} from './types.ts';

/** The references of tags as engines take them. */
const references = (state: State, tags: readonly string[]): readonly string[] => {
	const place = tagsPlace(state);
	return place === undefined ? [] : tags.map(tag => familiarName(place.host, place.repository, tag));
};

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
		run: (context, {targets}) =>
			copyLines(context, references(context.store.getState(), targets), 'reference'),
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
			copyLines(
				context,
				names.map(reference => pullLine({reference, choice: {}})),
				'line',
			);
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
		run: context => copyLines(context, chosenRepositories(context.store.getState()), 'name'),
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
			if (host !== undefined) copyLines(context, [host], 'host');
		},
	},
];

/** What can be done with repositories, tags and manifests. */
export const registryLevelCommands: readonly Command[] = [
	...ofRepositories,
	...ofTags,
	...manifestCommands,
	...deleteCommands,
];
