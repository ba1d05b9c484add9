import {formatSize} from '../format/bytes.ts';
import {cellWidth} from '../format/cells.ts';
import {formatAge} from '../format/duration.ts';
import {shortenImage, shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Amount} from '../layers/sharing.ts';
import {formatAmount} from './amount.ts';
import {byNumber, byText, type Cell, type CellContext, type Column, emptyCell} from './column.ts';
import {
	digestOf,
	type ImageRow,
	type RepositoryRow,
	referenceText,
	repositoryKeyPrefix,
	repositoryText,
	type TagRow,
	tagKey,
	tagText,
} from './image-row.ts';
import type {Resource} from './resource.ts';

const nameOf = (row: ImageRow): string => (row.kind === 'repository' ? row.repository : referenceText(row));

const headCell = (
	{repository, isCollapsed, tagCount}: RepositoryRow,
	{glyphs}: CellContext,
	width: number,
): Cell => {
	const count = ` ${tagCount}`;
	const room = width - 2 - count.length;
	const name = shortenImage(sanitise(repository), room, glyphs.ellipsis);
	return {text: `${isCollapsed ? glyphs.closed : glyphs.open} ${name}${count}`, tone: 'title'};
};

const tagCell = (row: TagRow, {glyphs, spinner}: CellContext, width: number): Cell => {
	const before = '  '.repeat(row.depth) + (row.busyVerb === undefined ? '' : `${spinner} ${row.busyVerb} `);
	const isShort = row.depth > 0 && (row.tag !== undefined || !referenceText(row).startsWith('<none>'));
	const name = sanitise(isShort ? tagText(row) : referenceText(row));
	const tone = row.busyVerb !== undefined ? 'info' : row.tag === undefined ? 'watch' : undefined;
	const room = width - before.length;
	const word = ' dangling';
	const after = row.tag === undefined && cellWidth(name) + word.length <= room ? word : '';
	const text = shortenImage(name, room - after.length, glyphs.ellipsis) + after;
	return {text: before + text, tone};
};

/** What others have of it too. */
const shared = (row: ImageRow): Amount | undefined => {
	const size = row.kind === 'repository' ? row.size : {least: row.image.sizeBytes, most: row.image.sizeBytes};
	if (size === undefined || row.unique === undefined) return undefined;
	return {
		least: Math.max(0, size.least - row.unique.most),
		most: Math.max(0, size.most - row.unique.least),
	};
};

const amountCell = (amount: Amount | undefined): Cell =>
	amount === undefined
		? emptyCell()
		: {text: formatAmount(amount), tone: amount.most === 0 ? 'dim' : undefined};

const createdAt = (row: ImageRow): number =>
	row.kind === 'repository' ? row.createdAt : row.image.createdAt;

const sizeOf = (row: ImageRow): number | undefined =>
	row.kind === 'repository' ? row.size?.most : row.image.sizeBytes;

/** A column that says nothing about repositories. */
const ofTag =
	(text: (row: TagRow) => string) =>
	(row: ImageRow): string =>
		row.kind === 'repository' ? '' : text(row);

const dim =
	(text: (row: ImageRow) => string) =>
	(row: ImageRow): Cell => ({text: text(row), tone: 'dim'});

const idText = ofTag(({image}) => shortId(image.id));
const digestText = ofTag(row => shortId(digestOf(row) ?? ''));
const platformText = (row: ImageRow): string =>
	row.kind === 'repository' ? '' : sanitise(row.platform ?? '');
const usersText = ({usedBy}: ImageRow): string => sanitise(usedBy.join(', '));

const bytes = {isNumeric: true, align: 'right', width: {min: 7, ideal: 7}} as const;

const columns: readonly Column<ImageRow>[] = [
	{
		id: 'reference',
		header: 'REPOSITORY:TAG',
		align: 'left',
		priority: 1,
		width: {min: 20, ideal: 40, max: 100},
		cell: (row, context, width) =>
			row.kind === 'repository' ? headCell(row, context, width) : tagCell(row, context, width),
		compare: byText(nameOf),
	},
	{
		id: 'id',
		header: 'ID',
		align: 'left',
		priority: 6,
		width: {min: 12, ideal: 12},
		cell: dim(idText),
		compare: byText(idText),
	},
	{
		...bytes,
		id: 'size',
		header: 'SIZE',
		priority: 2,
		cell: row => (row.kind === 'repository' ? amountCell(row.size) : {text: formatSize(row.image.sizeBytes)}),
		compare: byNumber(sizeOf),
	},
	{
		...bytes,
		id: 'unique',
		header: 'UNIQUE',
		priority: 3,
		cell: row => amountCell(row.unique),
		compare: byNumber(row => row.unique?.most),
	},
	{
		...bytes,
		id: 'shared',
		header: 'SHARED',
		priority: 7,
		cell: row => amountCell(shared(row)),
		compare: byNumber(row => shared(row)?.most),
	},
	{
		...bytes,
		id: 'created',
		header: 'CREATED',
		priority: 4,
		cell: (row, {now}) => ({text: createdAt(row) > 0 ? formatAge(now - createdAt(row)) : '-'}),
		compare: byNumber(createdAt),
	},
	{
		id: 'platform',
		header: 'PLATFORM',
		align: 'left',
		priority: 9,
		width: {min: 14, ideal: 14},
		isExtra: true,
		cell: dim(platformText),
		compare: byText(platformText),
	},
	{
		id: 'digest',
		header: 'DIGEST',
		align: 'left',
		priority: 10,
		width: {min: 12, ideal: 12},
		isExtra: true,
		cell: dim(digestText),
		compare: byText(digestText),
	},
	{
		id: 'users',
		header: 'CONTAINERS',
		align: 'left',
		priority: 8,
		width: {min: 14, ideal: 14, max: 40},
		isExtra: true,
		cell: row => ({text: usersText(row)}),
		compare: byText(usersText),
	},
	{
		id: 'used',
		isNumeric: true,
		header: 'USED BY',
		align: 'right',
		priority: 5,
		width: {min: 7, ideal: 7},
		cell: ({usedBy}) => (usedBy.length > 0 ? {text: String(usedBy.length)} : {text: '-', tone: 'dim'}),
		compare: byNumber(({usedBy}) => usedBy.length),
	},
];

const yesNo = (isTrue: boolean): string => (isTrue ? 'yes' : 'no');

const field =
	(read: (row: TagRow) => readonly string[]) =>
	(row: ImageRow): readonly string[] =>
		row.kind === 'repository' ? [] : read(row);

export const images = {
	id: 'images',
	title: 'Images',
	columns,
	rowId: row =>
		row.kind === 'repository' ? repositoryKeyPrefix + row.repository : tagKey(row.image.id, row.tag),
	search: {
		text: row => nameOf(row).toLowerCase(),
		fields: {
			name: row => [nameOf(row)],
			repo: row => [row.kind === 'repository' ? row.repository : repositoryText(row)],
			tag: field(row => [tagText(row)]),
			id: field(row => [row.image.id]),
			digest: field(row => row.image.digests),
			platform: field(({platform = ''}) => [platform]),
			used: field(({usedBy}) => [yesNo(usedBy.length > 0), ...usedBy]),
			dangling: field(({tag}) => [yesNo(tag === undefined)]),
		},
		labels: row => (row.kind === 'repository' ? {} : row.image.labels),
	},
	defaultSort: {columnId: 'reference', isDescending: false},
	emptyMessage: 'No images. P pulls one.',
} as const satisfies Resource<ImageRow>;
