import {quoteWord} from '../format/shell-words.ts';
import {remoteReference} from '../registry/reference.ts';
import type {SearchRow} from '../resources/search.ts';
import type {State} from '../state/model.ts';
import type {FormSpec} from '../state/overlays.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {foundNamed} from '../state/selectors/search-rows.ts';
import type {SearchLimits} from '../state/views/search.ts';
import {offlineReason} from './container-actions.ts';
import {copyLines} from './copy.ts';
import {referenceOf, startPull} from './pull.ts';
import {goTo} from './registry-places.ts';
import type {Command, CommandContext} from './types.ts';

const targets = (state: State): readonly string[] => targetsIn(state, 'search');

const noneReason = (state: State): string | undefined =>
	targets(state).length === 0 ? 'nothing was found' : undefined;

const oneReason = (state: State): string | undefined =>
	targets(state).length > 1 ? 'it works on one repository: unmark the others' : noneReason(state);

const checkTerm = (value: string): string | undefined =>
	value.trim() === '' ? 'what to look for is missing' : undefined;

const checkStars = (value: string): string | undefined =>
	/^\d{0,7}$/.test(value.trim()) ? undefined : `"${value.trim()}": a number of stars is needed, e.g. 100`;

/** With what is searched for now. */
const formOf = ({search}: State): FormSpec => ({
	title: 'Search images',
	action: 'Search',
	fields: [
		{
			id: 'term',
			label: 'Search for',
			hint: 'part of a name or of a description',
			kind: 'text',
			initial: search?.term ?? '',
			check: checkTerm,
		},
		{
			id: 'official',
			label: 'Official only',
			hint: "Docker's own selection",
			kind: 'toggle',
			initial: search?.isOfficialOnly === true ? 'yes' : '',
		},
		{
			id: 'stars',
			label: 'Stars at least',
			hint: 'any number when empty',
			kind: 'text',
			initial: search === undefined || search.minStars === 0 ? '' : String(search.minStars),
			check: checkStars,
		},
	],
});

const search = ({store}: CommandContext, term: string, limits: SearchLimits): void => {
	store.dispatch(
		{type: 'ui/filter-cleared', list: 'search'},
		{type: 'ui/moved', list: 'search', movement: {kind: 'start'}},
		{type: 'ui/screen-opened', screen: {kind: 'search', term}},
		{type: 'search/limited', limits},
	);
};

const openCommand: Command = {
	id: 'search.open',
	scope: 'global',
	name: 'search',
	title: 'search',
	help: 'Searches Docker Hub through the engine; Podman searches the registries that it knows',
	keys: [],
	group: 'view',
	argument: 'TERM',
	disabledReason: offlineReason,
	form: (state, input) => (input.argument === undefined ? formOf(state) : undefined),
	run: (context, {values, argument = ''}) => {
		search(context, (values?.term ?? argument).trim(), {
			isOfficialOnly: values?.official === 'yes',
			minStars: Number(values?.stars ?? 0),
		});
	},
};

const command = (facts: Omit<Command, 'scope' | 'id'> & {readonly name: string}): Command => {
	const {name, ...rest} = facts;
	return {...rest, id: `search.${name}`, scope: 'search'};
};

const rowsOf = ({store}: CommandContext, keys: readonly string[]): readonly SearchRow[] =>
	foundNamed(store.getState(), keys);

export const searchCommands: readonly Command[] = [
	openCommand,
	command({
		name: 'show-tags',
		title: 'tags',
		help: 'Shows the tags of the repository in its registry',
		keys: ['enter'],
		group: 'view',
		inFooter: 1,
		targets,
		disabledReason: oneReason,
		run: (context, input) => {
			const [row] = rowsOf(context, input.targets);
			const remote = row && remoteReference(row.name);
			if (remote === undefined) return;
			const {host, repository} = remote;
			goTo(context, {level: 'tags', host, repository});
		},
	}),
	command({
		name: 'pull',
		title: 'pull',
		help: 'Pulls the latest image of the repository, or of all that are marked',
		keys: ['P'],
		group: 'danger',
		inFooter: 2,
		targets,
		disabledReason: state => noneReason(state) ?? offlineReason(state),
		run: (context, input) => {
			for (const {name} of rowsOf(context, input.targets))
				startPull(context, {reference: referenceOf(name, 'image'), choice: {}});
		},
	}),
	command({
		name: 'run',
		title: 'run',
		help: 'Runs a container from the repository, with the form of a new one',
		keys: ['R'],
		group: 'danger',
		inFooter: 3,
		targets,
		disabledReason: state => oneReason(state) ?? offlineReason(state),
		run: (context, input) => {
			const [row] = rowsOf(context, input.targets);
			if (row !== undefined) context.invoke('images.run', {targets: [], argument: row.name});
		},
	}),
	command({
		name: 'anew',
		title: 'search anew',
		help: 'Searches for something else, or with other limits',
		keys: ['s'],
		group: 'view',
		inFooter: 4,
		run: ({invoke}) => {
			invoke('search.open');
		},
	}),
	command({
		name: 'official',
		title: 'official only',
		help: 'Shows the official repositories alone, or all',
		keys: ['F'],
		group: 'view',
		inFooter: 5,
		run: ({store}) => {
			const view = store.getState().search;
			if (view === undefined) return;
			const {isOfficialOnly, minStars} = view;
			store.dispatch({type: 'search/limited', limits: {isOfficialOnly: !isOfficialOnly, minStars}});
		},
	}),
	command({
		name: 'again',
		title: 'again',
		help: 'Asks again',
		keys: ['ctrl-r'],
		group: 'view',
		disabledReason: offlineReason,
		run: ({store}) => {
			store.dispatch({type: 'search/reread'});
		},
	}),
	command({
		name: 'copy-name',
		title: 'copy name',
		help: 'Copies the name of the repository (OSC 52)',
		keys: ['y'],
		group: 'act',
		targets,
		disabledReason: noneReason,
		run: (context, input) => {
			const names = rowsOf(context, input.targets).map(({name}) => name);
			copyLines(context, names, 'names');
		},
	}),
	command({
		name: 'copy-line',
		title: 'copy pull line',
		help: 'Copies the docker pull line of the repository (OSC 52)',
		keys: ['Y'],
		group: 'act',
		targets,
		disabledReason: noneReason,
		run: (context, input) => {
			const names = rowsOf(context, input.targets).map(({name}) => `docker pull ${quoteWord(name)}`);
			copyLines(context, names, 'pull lines');
		},
	}),
];
