import type {FileFacts} from '../engine/file-types.ts';
import type {ChangeKind} from '../engine/process-types.ts';
import {formatSize} from '../format/bytes.ts';
import {formatAge} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Cell, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** One path of the tree of changes. */
export type ChangesRow = {
	readonly path: string;
	readonly name: string;
	/** Absent for a folder in which only what is below changed. */
	readonly kind?: ChangeKind;
	readonly isMountPoint: boolean;
	/** It only looks changed: something is mounted here, or below and nothing else is. */
	readonly isByMount: boolean;
	/** Of all that is below; absent for what holds nothing. */
	readonly below?: {readonly [Kind in ChangeKind]: number};
	readonly depth: number;
	/** Of a folder: what is in it is shown. */
	readonly isOpen: boolean;
	/** What the engine told of it: `undefined` while it has not. */
	readonly file?: FileFacts | undefined;
	readonly isMarked?: boolean;
};

/** As a change is told without words. */
export const changeSigns: {readonly [Kind in ChangeKind]: string} = {added: '+', modified: '~', deleted: '-'};

const tones: {readonly [Kind in ChangeKind]: Token} = {added: 'good', modified: 'watch', deleted: 'trouble'};

const toneOf = ({kind, isByMount}: ChangesRow): Token | undefined =>
	kind === undefined || isByMount ? 'dim' : tones[kind];

const indentOf = (depth: number, width: number): string =>
	' '.repeat(Math.min(2 * depth, Math.floor(width / 2)));

const isFolder = ({below, file}: ChangesRow): boolean => below !== undefined || file?.kind === 'directory';

const counts = (kind: ChangeKind, header: string, priority: number): Column<ChangesRow> => ({
	id: kind,
	isNumeric: true,
	header,
	align: 'right',
	priority,
	width: {min: 6, ideal: 6},
	cell: ({below, isByMount}) =>
		below === undefined || below[kind] === 0
			? emptyCell()
			: {text: String(below[kind]), tone: isByMount ? 'dim' : tones[kind]},
	compare: byNumber(({below, kind: own}) => (below?.[kind] ?? 0) + (own === kind ? 1 : 0)),
});

const size = ({file, kind, below, isByMount}: ChangesRow): Cell => {
	if (file === undefined || kind === 'deleted' || below !== undefined || isByMount) return emptyCell();
	if (file.kind !== 'file') return {text: file.kind, tone: 'dim'};
	return {text: formatSize(file.sizeBytes)};
};

const columns: readonly Column<ChangesRow>[] = [
	{
		id: 'kind',
		header: ' ',
		align: 'left',
		priority: 2,
		width: {min: 1, ideal: 1},
		cell: row => ({text: row.kind === undefined ? ' ' : changeSigns[row.kind], tone: toneOf(row)}),
	},
	{
		id: 'path',
		header: 'PATH',
		align: 'left',
		priority: 1,
		width: {min: 24, ideal: 60, max: 400},
		cell: (row, {glyphs}, width) => {
			const fold = row.below === undefined ? ' ' : row.isOpen ? glyphs.open : glyphs.closed;
			const mount = row.isMountPoint ? '  (mount)' : '';
			const name = `${sanitise(row.name)}${isFolder(row) ? '/' : ''}${mount}`;
			return {text: `${indentOf(row.depth, width)}${fold} ${name}`, tone: toneOf(row), cut: 'middle'};
		},
		compare: byText(({name}) => name),
	},
	counts('added', 'ADD', 4),
	counts('modified', 'CHG', 5),
	counts('deleted', 'DEL', 6),
	{
		id: 'size',
		header: 'SIZE',
		align: 'right',
		priority: 3,
		width: {min: 7, ideal: 7},
		cell: size,
	},
	{
		id: 'written',
		header: 'WRITTEN',
		align: 'right',
		priority: 7,
		width: {min: 7, ideal: 7},
		cell: ({file, kind}, {now}) =>
			file === undefined || file.modifiedAt === 0 || kind === 'deleted'
				? emptyCell()
				: {text: formatAge(now - file.modifiedAt), tone: 'dim'},
	},
];

export const changes = {
	id: 'changes',
	title: 'Changes',
	columns,
	rowId: ({path}) => path,
	search: {
		text: ({path}) => sanitise(path).toLowerCase(),
		fields: {
			kind: ({kind}) => (kind === undefined ? [] : [kind, changeSigns[kind]]),
			path: ({path}) => [path],
			mount: ({isByMount}) => [isByMount ? 'yes' : 'no'],
		},
	},
	emptyMessage: 'It has changed nothing against its image.',
} as const satisfies Resource<ChangesRow>;
