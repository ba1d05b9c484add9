import type {Container} from '../engine/types.ts';
import {shortId} from '../format/image-name.ts';
import {quoteWord} from '../format/shell-words.ts';
import type {OutdatedRow} from '../resources/outdated.ts';
import type {State} from '../state/model.ts';
import type {CommandInput, ConfirmSpec} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {outdatedNamed} from '../state/selectors/outdated-rows.ts';
import {targetsIn} from '../state/selectors/rows.ts';
import {offlineReason} from './container-actions.ts';
import {openTab} from './container-screen.ts';
import {copyLines} from './copy.ts';
import {startPull} from './pull.ts';
import {effectLines, keepToggle, recreateEach} from './recreate.ts';
import {proofMs} from './recreate-proof.ts';
import {showError} from './toasts.ts';
import type {Command} from './types.ts';

const command = (facts: Omit<Command, 'scope' | 'id'> & {readonly name: string}): Command => {
	const {name, ...rest} = facts;
	return {...rest, id: `outdated.${name}`, scope: 'outdated'};
};

const targets = (state: State): readonly string[] => targetsIn(state, 'outdated');

const chosenRows = (state: State): readonly OutdatedRow[] => outdatedNamed(state, targets(state));

const noneReason = (state: State): string | undefined =>
	chosenRows(state).length === 0 ? 'no container is listed' : undefined;

/** What a pull may bring something new for: what nobody knows may be newer, too. */
const isPullable = ({reference, verdict}: OutdatedRow): boolean =>
	reference !== undefined && (verdict === 'newer-there' || verdict === 'unknown' || verdict === 'asking');

const isBehind = ({verdict}: OutdatedRow): boolean => verdict === 'newer-there' || verdict === 'newer-here';

const pullReason = (state: State): string | undefined => {
	const rows = chosenRows(state);
	if (rows.length === 0) return noneReason(state);
	if (!rows.some(isPullable)) return `there is nothing to pull: ${rows[0]?.word ?? ''}`;
	return offlineReason(state);
};

const recreateReason = (state: State): string | undefined => {
	const rows = chosenRows(state);
	if (rows.length === 0) return noneReason(state);
	if (!rows.some(isBehind)) return `there is nothing newer: ${rows[0]?.word ?? ''}`;
	return offlineReason(state);
};

/** Those of the chosen containers that something newer is there for, with their rows. */
const behind = (
	state: State,
	{targets: keys}: CommandInput,
): readonly {readonly container: Container; readonly row: OutdatedRow}[] =>
	outdatedNamed(state, keys)
		.filter(isBehind)
		.flatMap(row => containersNamed(state, [row.key]).map(container => ({container, row})));

const digestsText = ({localDigest, remoteDigest}: OutdatedRow): string => {
	const from = localDigest === undefined ? '' : `${shortId(localDigest)} to `;
	return remoteDigest === undefined ? '' : ` (${from}${shortId(remoteDigest)})`;
};

const imageLine = (row: OutdatedRow | undefined): string => {
	if (row === undefined) return '';
	return row.verdict === 'newer-there'
		? `${row.name}: ${row.image} is pulled first${digestsText(row)}`
		: `${row.name}: ${row.image} is here already, newer than what it runs`;
};

const confirmUpdate = (state: State, input: CommandInput): ConfirmSpec | undefined => {
	const found = behind(state, input);
	const [only] = found;
	if (only === undefined) return undefined;
	const isOne = found.length === 1;
	const rows = new Map<string, OutdatedRow>(found.map(({row}) => [row.key, row]));
	const containers = found.map(({container}) => container);
	return {
		title: isOne ? `Update ${only.row.name}?` : `Update ${found.length} containers, one after the other?`,
		lines: [
			...effectLines(containers, ({id}) => imageLine(rows.get(id))),
			`The old one goes only when the new one is healthy (without a health check: has stayed up for ${proofMs / 1000} s); else it is put back.`,
		],
		action: 'Update',
		toggles: [keepToggle],
		...(isOne ? {} : {mustType: String(found.length)}),
	};
};

/** Each tag once. */
const references = (rows: readonly OutdatedRow[]): readonly string[] => [
	...new Set(rows.flatMap(({reference}) => reference ?? [])),
];

/** As the container names it, so that the pulled image gets this very name. */
const pullNames = (rows: readonly OutdatedRow[]): readonly string[] => {
	const byReference = new Map(rows.map(row => [row.reference ?? '', row.image]));
	return references(rows).map(reference => byReference.get(reference) ?? reference);
};

const tagged = (name: string): string => (/:[^/]*$/.test(name) ? name : `${name}:latest`);

export const outdatedCommands: readonly Command[] = [
	{
		id: 'outdated.open',
		scope: 'global',
		name: 'outdated',
		title: 'outdated',
		help: 'Shows which running containers have a newer image in its registry, or here already',
		keys: [],
		group: 'view',
		disabledReason: offlineReason,
		run: ({store}) => {
			store.dispatch({type: 'ui/screen-opened', screen: {kind: 'outdated'}});
		},
	},
	command({
		name: 'container',
		title: 'open',
		help: "Opens the container's screen",
		keys: ['enter'],
		group: 'view',
		targets,
		disabledReason: noneReason,
		run: (context, input) => {
			openTab(context, input.targets, 'logs');
		},
	}),
	command({
		name: 'recreate',
		title: 'update',
		help: 'Pulls the newer image and recreates the container from it; the old one is put back unless the new one gets healthy',
		keys: ['N', 'ctrl-n'],
		group: 'danger',
		inFooter: 1,
		targets,
		disabledReason: recreateReason,
		confirm: confirmUpdate,
		run: async (context, input) => {
			const found = behind(context.store.getState(), input);
			const pulled = new Set(found.filter(({row}) => row.verdict === 'newer-there').map(({row}) => row.key));
			await recreateEach(
				context,
				found.map(({container}) => container),
				({id}) => ({pulls: pulled.has(id), keepsOld: input.values?.keep === 'yes', isProven: true}),
			);
		},
	}),
	command({
		name: 'pull',
		title: 'pull',
		help: 'Pulls the newer image and leaves the containers alone',
		keys: ['P'],
		group: 'danger',
		inFooter: 2,
		targets,
		disabledReason: pullReason,
		run: (context, input) => {
			const rows = outdatedNamed(context.store.getState(), input.targets).filter(isPullable);
			for (const name of pullNames(rows)) startPull(context, {reference: tagged(name), choice: {}});
		},
	}),
	command({
		name: 'again',
		title: 'ask again',
		help: 'Asks the registries again',
		keys: ['r', 'ctrl-r'],
		group: 'view',
		inFooter: 3,
		disabledReason: offlineReason,
		run: ({store, clock}) => {
			store.dispatch({type: 'outdated/reread', at: clock.now()});
		},
	}),
	command({
		name: 'all',
		title: 'all/running',
		help: 'Looks at all containers, or only at those that run',
		keys: ['A'],
		group: 'view',
		inFooter: 4,
		run: ({store}) => {
			store.dispatch({type: 'outdated/all-toggled'});
		},
	}),
	command({
		name: 'copy-digest',
		title: 'copy digest',
		help: 'Copies the digest that the tag has in its registry, else the one here (OSC 52)',
		keys: ['y'],
		group: 'act',
		targets,
		disabledReason: noneReason,
		run: (context, input) => {
			const digests = outdatedNamed(context.store.getState(), input.targets).flatMap(
				({remoteDigest, localDigest}) => remoteDigest ?? localDigest ?? [],
			);
			if (digests.length === 0) showError(context, 'no digest of it is known');
			else copyLines(context, digests, 'digests');
		},
	}),
	command({
		name: 'copy-line',
		title: 'copy pull line',
		help: 'Copies the docker pull line of the tag (OSC 52)',
		keys: ['Y'],
		group: 'act',
		targets,
		disabledReason: noneReason,
		run: (context, input) => {
			const rows = outdatedNamed(context.store.getState(), input.targets);
			const lines = pullNames(rows.filter(row => row.reference !== undefined)).map(
				name => `docker pull ${quoteWord(name)}`,
			);
			if (lines.length === 0) showError(context, 'it has no tag that could be pulled');
			else copyLines(context, lines, 'pull lines');
		},
	}),
];
