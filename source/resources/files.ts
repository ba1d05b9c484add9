import type {FileFacts} from '../engine/file-types.ts';
import {formatSize} from '../format/bytes.ts';
import {formatDateTime} from '../format/date-time.ts';
import {formatMode} from '../format/file-mode.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type FilesRow = {
	/** Absolute path in the container. */
	readonly key: string;
	readonly facts: FileFacts;
	/** Of a directory, once everything beneath it was read. */
	readonly treeBytes?: number;
	readonly isMarked: boolean;
};

const letters: Readonly<Record<FileFacts['kind'], string>> = {
	file: '-',
	hardlink: '-',
	directory: 'd',
	symlink: 'l',
	'character-device': 'c',
	'block-device': 'b',
	fifo: 'p',
	socket: 's',
};

const sizeOf = ({facts, treeBytes}: FilesRow): number | undefined => {
	if (facts.kind === 'directory') return treeBytes;
	return facts.kind === 'file' ? facts.sizeBytes : undefined;
};

const nameText = ({kind, name}: FileFacts): string => (kind === 'directory' ? `${name}/` : name);

const nameTone = ({kind, mode}: FileFacts): Token | undefined => {
	if (kind === 'directory') return 'accent';
	if (kind === 'symlink') return 'dim';
	if (kind !== 'file' && kind !== 'hardlink') return 'watch';
	return (mode & 0o111) === 0 ? undefined : 'good';
};

const ownerOf = ({uid, gid}: FileFacts): string => (uid === undefined ? '' : `${uid}:${gid}`);

/** Directories come first, as whoever looks for a way down expects. */
const byName = (a: FilesRow, b: FilesRow): number => {
	const [left, right] = [a.facts.kind === 'directory', b.facts.kind === 'directory'];
	if (left !== right) return left ? -1 : 1;
	return byText((row: FilesRow) => row.facts.name)(a, b);
};

const columns: readonly Column<FilesRow>[] = [
	{
		id: 'mode',
		header: 'MODE',
		align: 'left',
		priority: 3,
		width: {min: 10, ideal: 10},
		cell: ({facts}) => ({text: letters[facts.kind] + formatMode(facts.mode), tone: 'dim'}),
		compare: byNumber(({facts}) => facts.mode),
	},
	{
		id: 'owner',
		header: 'OWNER',
		align: 'left',
		priority: 5,
		width: {min: 9, ideal: 11},
		cell: ({facts}) => ({text: ownerOf(facts), tone: 'dim'}),
		compare: byText(({facts}) => ownerOf(facts)),
	},
	{
		id: 'size',
		header: 'SIZE',
		align: 'right',
		priority: 2,
		width: {min: 7, ideal: 8},
		isNumeric: true,
		cell: row => {
			const bytes = sizeOf(row);
			return {text: bytes === undefined ? '' : formatSize(bytes)};
		},
		compare: byNumber(sizeOf),
	},
	{
		id: 'modified',
		header: 'MODIFIED',
		align: 'left',
		priority: 4,
		width: {min: 16, ideal: 16},
		isNumeric: true,
		cell: ({facts}) => ({text: formatDateTime(facts.modifiedAt), tone: 'dim'}),
		compare: byNumber(({facts}) => facts.modifiedAt),
	},
	{
		id: 'name',
		header: 'NAME',
		align: 'left',
		priority: 1,
		width: {min: 16, ideal: 40, max: 400},
		cell: ({facts}, {glyphs}) => {
			const {kind, linkTarget} = facts;
			const target =
				linkTarget === undefined ? '' : ` ${kind === 'hardlink' ? '=' : glyphs.arrow} ${linkTarget}`;
			return {text: sanitise(nameText(facts) + target), tone: nameTone(facts), cut: 'middle'};
		},
		compare: byName,
	},
];

export const files = {
	id: 'files',
	title: 'Files',
	columns,
	rowId: ({key}) => key,
	search: {
		text: ({facts}) => `${nameText(facts)}\n${facts.linkTarget ?? ''}`.toLowerCase(),
		fields: {
			name: ({facts}) => [facts.name],
			owner: ({facts}) => [ownerOf(facts)],
			mode: ({facts}) => [letters[facts.kind] + formatMode(facts.mode)],
			kind: ({facts}) => [facts.kind],
		},
	},
	defaultSort: {columnId: 'name', isDescending: false},
	emptyMessage: 'Nothing in this directory.',
} as const satisfies Resource<FilesRow>;
