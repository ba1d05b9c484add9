import type {ContainerFacts} from '../../engine/container-facts.ts';
import {configTables} from '../../resources/config-tables.ts';
import {isolationFindings} from '../../resources/isolation-findings.ts';
import {isolationTables} from '../../resources/isolation-tables.ts';
import type {State} from '../model.ts';
import type {FactsTab} from '../views/document.ts';
import {readerPaneHeight} from './layout.ts';
import {createSelector} from './memo.ts';
import {maskedIn, type PlacedTables, placeTables} from './placed-tables.ts';

export type FactsLayout = PlacedTables & {
	/** Values that are hidden, or would be. */
	readonly maskedCount: number;
	/** Facts that leave the container less apart than it might be. */
	readonly warnings: number;
};

const PANE_BORDER = 2;

/** The tab on the screen that shows tables. */
export const factsTab = ({ui: {screen}}: State): FactsTab | undefined => {
	if (screen.kind !== 'container') return undefined;
	return screen.tab === 'config' || screen.tab === 'network' ? screen.tab : undefined;
};

const nameOf =
	({containers}: State) =>
	(idOrName: string): string => {
		for (const {id, name} of containers.byId.values()) if (id === idOrName) return name;
		return /^[0-9a-f]{64}$/.test(idOrName) ? `${idOrName.slice(0, 12)} (gone)` : idOrName;
	};

const configLayout = (facts: ContainerFacts, isRevealed: boolean, columns: number): FactsLayout => {
	const masked = configTables(facts, {isRevealed: false});
	const whole = configTables(facts, {isRevealed: true});
	return {
		...placeTables(isRevealed ? whole : masked, columns),
		maskedCount: maskedIn(masked, whole),
		warnings: 0,
	};
};

const selectConfig = createSelector(
	(state: State) => [state.document?.facts, state.document?.isRevealed ?? false, state.ui.columns],
	(facts: ContainerFacts | undefined, isRevealed: boolean, columns: number): FactsLayout | undefined =>
		facts && configLayout(facts, isRevealed, columns),
);

/** The names of the containers whose namespaces it uses; a text, so that it is the same while they are. */
const sharedNames = (state: State): string => {
	const isolation = state.document?.facts?.isolation;
	if (isolation === undefined) return '';
	const {networkMode, pidMode, ipcMode, volumesFrom} = isolation;
	const others = [networkMode, pidMode, ipcMode]
		.flatMap(mode => (mode.startsWith('container:') ? [mode.slice('container:'.length)] : []))
		.concat(volumesFrom.map(other => other.split(':')[0] ?? other));
	return others.length === 0 ? '' : others.map(other => `${other} ${nameOf(state)(other)}`).join('\n');
};

const selectNetwork = createSelector(
	(state: State) => [
		state.document?.facts,
		sharedNames(state),
		state.engine.info?.product === 'Podman',
		state.ui.columns,
	],
	(
		facts: ContainerFacts | undefined,
		names: string,
		isPodman: boolean,
		columns: number,
	): FactsLayout | undefined => {
		if (facts === undefined) return undefined;
		const known = new Map(
			names.split('\n').map(line => [line.split(' ', 1)[0] ?? '', line.slice(line.indexOf(' ') + 1)]),
		);
		const context = {isPodman, nameOf: (other: string) => known.get(other) ?? other};
		const warnings = isolationFindings(facts, context).filter(
			({tone}) => tone === 'trouble' || tone === 'watch',
		).length;
		return {...placeTables(isolationTables(facts, context), columns), maskedCount: 0, warnings};
	},
);

/** Where the tables of the open tab stand; nothing while nothing is known. */
export const selectFactsLayout = (state: State): FactsLayout | undefined => {
	switch (factsTab(state)) {
		case 'config':
			return selectConfig(state);
		case 'network':
			return selectNetwork(state);
		case undefined:
			return undefined;
	}
};

/** The part of the tables that is on the screen. */
export type FactsView = {readonly offset: number; readonly height: number; readonly count: number};

export const factsView = (state: State): FactsView => {
	const tab = factsTab(state);
	const count = selectFactsLayout(state)?.height ?? 0;
	const height = Math.max(0, readerPaneHeight(state) - PANE_BORDER);
	const wanted = tab === undefined ? 0 : (state.document?.offsets[tab] ?? 0);
	return {offset: Math.max(0, Math.min(wanted, count - height)), height, count};
};
