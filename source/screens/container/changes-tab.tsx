import {Lines} from '../../components/lines.tsx';
import {paneLines} from '../../components/pane-lines.ts';
import {spinnerFrame} from '../../components/spinner.ts';
import {formatClock} from '../../format/duration.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import {type ChangesRow, changeSigns, changes} from '../../resources/changes.ts';
import type {Loading} from '../../state/loading.ts';
import type {State} from '../../state/model.ts';
import {selectChangesRows} from '../../state/selectors/changes-rows.ts';
import type {Theme} from '../../theme/theme.ts';
import {type ListPane, listContent} from '../panes/list-content.ts';
import type {TabProps} from './tab.ts';

const kindNames = {added: 'added', modified: 'changed', deleted: 'deleted'} as const;

const badges = (state: State, theme: Theme): readonly string[] => {
	const view = state.changes;
	if (view?.tree === undefined) return [];
	const {added, modified, deleted} = view.tree.total;
	const {loading} = view;
	return [
		`${changeSigns.added}${added} ${changeSigns.modified}${modified} ${changeSigns.deleted}${deleted}`,
		...(loading.status === 'failed' ? [`not read again: ${loading.fault.message}`] : []),
		...(loading.status === 'loading' ? [`${spinnerFrame(theme.glyphs, state.now)} reading`] : []),
		...(view.only === undefined ? [] : [`only ${kindNames[view.only]}`]),
		...(view.loadedAt === undefined ? [] : [`read ${formatClock(view.loadedAt)}`]),
	];
};

const loading = ({changes: view, opened}: State): Loading => {
	if (view?.tree !== undefined || opened?.departure !== undefined) return {status: 'ready'};
	return view?.loading ?? {status: 'loading'};
};

const emptyText = ({changes: view, opened}: State): string | undefined => {
	if (view?.tree === undefined)
		return opened?.departure === undefined
			? undefined
			: 'The container was removed before its changes were read.';
	return view.only === undefined
		? undefined
		: `Nothing was ${kindNames[view.only]}. ${changeSigns[view.only]} shows all changes.`;
};

const paneOf = (theme: Theme): ListPane<ChangesRow> => ({
	list: 'changes',
	title: 'Changes',
	resource: changes,
	rows: (state, from, height) => {
		const {marks} = state.ui.lists.changes;
		return selectChangesRows(state)
			.slice(from, from + height)
			.map(row => ({...row, file: state.changes?.files.get(row.path), isMarked: marks.has(row.path)}));
	},
	isMarked: row => row.isMarked === true,
	badges: state => badges(state, theme),
	loading,
	emptyText,
	isStale: state => state.opened?.departure !== undefined || state.changes?.loading.status === 'failed',
});

/** What one container has added, changed and deleted against its image, as a tree. */
export const ChangesTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const lines = useLines(
		state => paneLines(listContent(state, paneOf(theme), {width, height}, theme)),
		[theme, width, height],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
