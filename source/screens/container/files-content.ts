import type {Size} from '../../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {formatSize} from '../../format/bytes.ts';
import {cut, fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {type FilesRow, files} from '../../resources/files.ts';
import type {Loading} from '../../state/loading.ts';
import type {State} from '../../state/model.ts';
import {selectFilesRows} from '../../state/selectors/files-rows.ts';
import type {FilesReading, FilesView} from '../../state/views/files.ts';
import type {Theme} from '../../theme/theme.ts';
import {type ListPane, listContent} from '../panes/list-content.ts';

const grouped = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');

const amount = ({bytes, entryCount}: FilesReading): string =>
	`${formatSize(bytes)}, ${grouped(entryCount)} ${entryCount === 1 ? 'entry' : 'entries'}`;

const readingText = (reading: FilesReading): string => {
	switch (reading.status) {
		case 'reading':
			return `reading ${amount(reading)}`;
		case 'paused':
			return `not complete: stopped after ${amount(reading)}; + reads on`;
		case 'full':
			return `${amount(reading)}: too many to keep all beneath`;
		case 'failed':
			return 'not complete';
	}
};

const statusOf = (view: FilesView, isGone: boolean): string => {
	if (view.going !== undefined && !isGone) return `looking for ${view.going}`;
	if (view.goingFault !== undefined)
		return `cannot open ${view.goingFault.path}: ${view.goingFault.fault.message}`;
	const {path, reading} = view;
	if (view.directories.get(path)?.isComplete === true && reading?.status !== 'full') return '';
	if (isGone) return 'not read to the end';
	return reading?.path === path ? readingText(reading) : 'reading';
};

const loadingOf = ({files: view, opened}: State): Loading => {
	if (view === undefined || opened?.departure !== undefined) return {status: 'ready'};
	if (view.directories.get(view.path)?.isComplete === true) return {status: 'ready'};
	const fault = view.reading?.path === view.path ? view.reading.fault : undefined;
	return fault === undefined ? {status: 'loading'} : {status: 'failed', fault};
};

const countOf = (view: FilesView): string => {
	const directory = view.directories.get(view.path);
	if (directory === undefined) return '';
	const size = directory.treeBytes === undefined ? '' : ` ${formatSize(directory.treeBytes)}`;
	return `${directory.isComplete ? '' : '≥ '}${grouped(directory.entries.size)}${size}`;
};

const pane = (title: string): ListPane<FilesRow> => ({
	list: 'files',
	title,
	resource: files,
	rows: (state, from, height) => selectFilesRows(state).slice(from, from + height),
	isMarked: row => row.isMarked,
	badges: ({files: view, opened}) =>
		view === undefined ? [] : [countOf(view), statusOf(view, opened?.departure !== undefined)],
	loading: loadingOf,
});

/** What went wrong, in one line in place of the column titles. */
const noticeOf = ({files: view}: State): string | undefined => {
	if (view?.goingFault !== undefined) {
		const {path, fault} = view.goingFault;
		return `Cannot open ${path}: ${fault.message}`;
	}
	if (view?.reading?.path !== view?.path || view?.reading?.fault === undefined) return undefined;
	return `Not read to the end: ${view.reading.fault.message}; ctrl-r reads again`;
};

/** The directory shown, with its path as the title. */
export const filesContent = (state: State, size: Size, theme: Theme): PaneContent => {
	const {ellipsis} = theme.glyphs;
	const path = sanitise(state.files?.path ?? '/');
	const room = Math.max(12, Math.floor(size.width * 0.4));
	const content = listContent(state, pane(`Files ${cut(path, room, 'start', ellipsis)}`), size, theme);
	const notice = noticeOf(state);
	if (notice === undefined) return content;
	const text = ` ${theme.spell(sanitise(notice))}`;
	const line = theme.paint('trouble', fit(text, size.width - PANE_BORDER, {ellipsis}));
	return {...content, lines: [line, ...content.lines.slice(1)]};
};
