import type {Image} from '../engine/types.ts';
import {formatSize} from '../format/bytes.ts';
import {formatAge} from '../format/duration.ts';
import {shortenImage, shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

/** One row for each tag of an image; one without a tag for a dangling image. */
export type ImageRow = {
	readonly image: Image;
	readonly tag?: string;
	/** Containers made from it, running or not. */
	readonly usedBy: number;
	readonly busyVerb?: string;
	readonly isMarked: boolean;
};

/** What a dangling image is still known by: the repository of its digest, if any. */
const reference = ({image, tag}: ImageRow): string => {
	if (tag !== undefined) return tag;
	const repository = image.digests[0]?.split('@', 1)[0] ?? '';
	return repository === '' || repository === '<none>'
		? `<none> ${shortId(image.id)}`
		: `${repository}:<none>`;
};

const columns: readonly Column<ImageRow>[] = [
	{
		id: 'reference',
		header: 'REPOSITORY:TAG',
		align: 'left',
		priority: 1,
		width: {min: 20, ideal: 40, max: 100},
		cell: (row, {glyphs, spinner}, width) => {
			const busy = row.busyVerb === undefined ? '' : `${spinner} ${row.busyVerb} `;
			return {
				text: busy + shortenImage(sanitise(reference(row)), width - busy.length, glyphs.ellipsis),
				tone: busy !== '' ? 'info' : row.tag === undefined ? 'dim' : undefined,
			};
		},
		compare: byText(reference),
	},
	{
		id: 'id',
		header: 'ID',
		align: 'left',
		priority: 4,
		width: {min: 12, ideal: 12},
		cell: row => ({text: shortId(row.image.id), tone: 'dim'}),
		compare: byText(row => row.image.id),
	},
	{
		id: 'size',
		isNumeric: true,
		header: 'SIZE',
		align: 'right',
		priority: 2,
		width: {min: 7, ideal: 7},
		cell: row => ({text: formatSize(row.image.sizeBytes)}),
		compare: byNumber(row => row.image.sizeBytes),
	},
	{
		id: 'created',
		isNumeric: true,
		header: 'CREATED',
		align: 'right',
		priority: 3,
		width: {min: 7, ideal: 7},
		cell: (row, {now}) => ({text: row.image.createdAt > 0 ? formatAge(now - row.image.createdAt) : '-'}),
		compare: byNumber(row => row.image.createdAt),
	},
	{
		id: 'used',
		isNumeric: true,
		header: 'USED BY',
		align: 'right',
		priority: 5,
		width: {min: 7, ideal: 7},
		cell: row => (row.usedBy > 0 ? {text: String(row.usedBy)} : {text: '-', tone: 'dim'}),
		compare: byNumber(row => row.usedBy),
	},
];

export const images = {
	id: 'images',
	title: 'Images',
	columns,
	rowId: ({image, tag = ''}) => `${image.id} ${tag}`,
	search: {
		text: row => reference(row).toLowerCase(),
		fields: {
			name: row => [reference(row)],
			tag: row => [row.tag?.slice(row.tag.lastIndexOf(':') + 1) ?? '<none>'],
			id: row => [row.image.id],
			digest: row => row.image.digests,
			used: row => [row.usedBy > 0 ? 'yes' : 'no'],
			dangling: row => [row.tag === undefined ? 'yes' : 'no'],
		},
		labels: row => row.image.labels,
	},
	defaultSort: {columnId: 'reference', isDescending: false},
	emptyMessage: 'No images. P pulls one.',
} as const satisfies Resource<ImageRow>;
