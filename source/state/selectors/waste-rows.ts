import type {SecretFile, SecretSetting} from '../../layers/reports/secrets.ts';
import type {WasteItem, WasteReason} from '../../layers/reports/waste.ts';
import {shownPath} from '../../layers/tree/paths.ts';
import {waste as resource, type WasteRow} from '../../resources/waste.ts';
import type {State} from '../model.ts';
import type {WasteReport} from '../views/layers.ts';
import {createSelector} from './memo.ts';
import {createSorter, filtered, type Sorting, sortingSelector} from './ordered.ts';

const reasons: {readonly [Reason in WasteReason]: string} = {
	overwritten: 'overwritten',
	deleted: 'deleted',
	'deleted-directory': 'tree deleted',
	'replaced-directory': 'tree replaced',
	metadata: 'metadata changed',
};

const shown = (path: string): string => `/${shownPath(path)}`;

const fromOne = (layers: readonly number[]): readonly number[] => layers.map(layer => layer + 1);

const wasteRow = ({path, layers, hiddenBy, bytes, copies, reason}: WasteItem): WasteRow => ({
	key: `waste ${path}`,
	kind: 'waste',
	path: shown(path),
	place: path,
	layers: fromOne(layers),
	bytes,
	copies,
	why: `${reasons[reason]} in ${fromOne(hiddenBy).join(', ')}`,
});

const secretRow = ({path, layer, bytes, title, hiddenBy = layer, way}: SecretFile): WasteRow => ({
	key: `secret ${layer} ${path}`,
	kind: 'secret',
	path: shown(path),
	place: path,
	layers: [layer + 1],
	bytes,
	copies: 1,
	why: `${title}: ${way === undefined ? 'hidden' : reasons[way]} in ${hiddenBy + 1}`,
});

const settingRow = ({place, name, layer, step}: SecretSetting): WasteRow => ({
	key: `setting ${place} ${name}`,
	kind: 'setting',
	path: name,
	layers: layer === undefined ? [] : [layer + 1],
	bytes: 0,
	copies: 0,
	why:
		place === 'env'
			? 'looks like a secret, in the environment'
			: `looks like a secret, in instruction ${(step ?? 0) + 1}`,
});

/** A secret is waste too, and is listed as a secret. */
const allRows = ({secrets, waste}: WasteReport): readonly WasteRow[] => {
	const hidden = secrets.hidden.map(secretRow);
	const told = new Set(hidden.map(({path, layers}) => `${layers.join()} ${path}`));
	const wasted = waste.items.map(wasteRow);
	return [
		...hidden,
		...secrets.settings.map(settingRow),
		...wasted.filter(({path, layers}) => !told.has(`${layers.join()} ${path}`)),
	];
};

const selectAll = createSelector(
	(state: State) => [state.layers?.waste],
	(report: WasteReport | undefined): readonly WasteRow[] => (report === undefined ? [] : allRows(report)),
);

const sort = createSorter(resource);
const selectSorting = sortingSelector('waste');

/** What is stored and never seen, the most bytes first, after what looks like a secret. */
export const selectWasteRows: (state: State) => readonly WasteRow[] = createSelector(
	(state: State) => [selectAll(state), state.ui.lists.waste.filter, selectSorting(state)],
	(rows: readonly WasteRow[], filter: string, sorting: Sorting): readonly WasteRow[] =>
		sort(filtered(resource, rows, filter), sorting),
);
