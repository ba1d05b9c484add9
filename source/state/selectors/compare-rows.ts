import {MASK, maskNamed, maskText} from '../../format/secrets.ts';
import type {ConfigDifference} from '../../layers/reports/compare-config.ts';
import {type ComparedSetting, type CompareRow, compare as resource} from '../../resources/compare.ts';
import {parseFilter} from '../../resources/filter.ts';
import type {State} from '../model.ts';
import type {CompareSection} from '../views/compare.ts';
import {selectComparedFiles} from './compare-files.ts';
import {type ComparedLayers, selectComparedLayers} from './compare-layers.ts';
import {createSelector} from './memo.ts';

const absent = '';

const changeOfSetting = ({left, right}: ConfigDifference): ComparedSetting['change'] =>
	left === undefined ? 'added' : right === undefined ? 'removed' : 'modified';

const settingRows = (
	differences: readonly ConfigDifference[],
	isRevealed: boolean,
): readonly ComparedSetting[] =>
	differences.map(difference => {
		const {field, name, left, right} = difference;
		const shown = (value: string | undefined): string => {
			if (value === undefined) return absent;
			if (isRevealed) return value === '' ? '""' : value;
			return value === '' ? '""' : name === '' ? maskText(value) : maskNamed(name, value);
		};
		return {
			key: `setting:${field} ${name}`,
			kind: 'setting',
			field,
			name,
			change: changeOfSetting(difference),
			left: shown(left),
			right: shown(right),
		};
	});

const selectSettings: (state: State) => readonly ComparedSetting[] = createSelector(
	({compare}: State) => [compare?.comparison?.config ?? none, compare?.isRevealed ?? false],
	settingRows,
);

/** Secrets that are hidden. */
export const maskedCount = (state: State): number =>
	selectSettings(state).filter(({left, right}) => left.includes(MASK) || right.includes(MASK)).length;

const none: readonly never[] = [];

/** The rows of the section that is shown, in order. */
export const selectCompareRows: (state: State) => readonly CompareRow[] = createSelector(
	(state: State) => [
		state.compare?.section,
		selectComparedFiles(state),
		selectComparedLayers(state),
		selectSettings(state),
		state.ui.lists.compare.filter.trim(),
	],
	(
		section: CompareSection | undefined,
		files: readonly CompareRow[],
		layers: ComparedLayers | undefined,
		settings: readonly CompareRow[],
		filter: string,
	): readonly CompareRow[] => {
		if (section === 'files') return files;
		const rows: readonly CompareRow[] = section === 'layers' ? (layers?.rows ?? none) : settings;
		return filter === '' ? rows : rows.filter(parseFilter(filter, resource.search));
	},
);
