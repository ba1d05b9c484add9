import {formatSize} from '../format/bytes.ts';
import {formatAge} from '../format/duration.ts';
import {shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Cell, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** What this engine has of a tag of a registry. */
export type TagHere =
	/** The very same. */
	| 'same'
	/** The same, only by other tags. */
	| 'otherName'
	/** Something else by this name; made before what is there. */
	| 'older'
	/** Something else, made later than what is there. */
	| 'newer'
	/** Something else. */
	| 'other'
	/** It is there by this name; whether it is the same is not known yet. */
	| 'unknown'
	| 'none';

export type TagRow = {
	/** The tag. */
	readonly key: string;
	readonly tag: string;
	readonly here: TagHere;
	/** The tags by which the same is here. */
	readonly namesHere: readonly string[];
	readonly digest?: string;
	/** Compressed. */
	readonly sizeBytes?: number;
	/** Epoch ms. */
	readonly createdAt?: number;
	/** `os/architecture[/variant]`. */
	readonly platforms?: readonly string[];
	/** Why nothing is known of it. */
	readonly trouble?: string;
	readonly isMarked: boolean;
};

const hereText = ({here, namesHere}: Pick<TagRow, 'here' | 'namesHere'>): string => {
	switch (here) {
		case 'same':
			return 'here';
		case 'otherName':
			return `here as ${namesHere[0] ?? ''}`;
		case 'older':
			return 'newer there';
		case 'newer':
			return 'older there';
		case 'other':
			return 'differs here';
		case 'unknown':
			return 'here?';
		case 'none':
			return '';
	}
};

const hereCell = (row: TagRow): Cell => {
	const text = sanitise(hereText(row));
	switch (row.here) {
		case 'same':
			return {text, tone: 'good'};
		case 'older':
		case 'newer':
		case 'other':
			return {text, tone: 'watch'};
		case 'otherName':
		case 'unknown':
			return {text, tone: 'dim'};
		case 'none':
			return emptyCell();
	}
};

const platformsText = (platforms: readonly string[]): string => {
	const [first = '', ...others] = platforms;
	return others.length === 0 ? first : platforms.map(name => name.replace(/^linux\//, '')).join(' ');
};

const columns: readonly Column<TagRow>[] = [
	{
		id: 'tag',
		header: 'TAG',
		align: 'left',
		priority: 1,
		width: {min: 18, ideal: 36, max: 130},
		cell: row => ({text: sanitise(row.tag), cut: 'middle'}),
		compare: byText(row => row.tag),
	},
	{
		id: 'here',
		header: 'HERE',
		align: 'left',
		priority: 2,
		width: {min: 12, ideal: 18},
		cell: hereCell,
		compare: byText(hereText),
	},
	{
		id: 'digest',
		header: 'DIGEST',
		align: 'left',
		priority: 5,
		width: {min: 12, ideal: 12},
		cell: ({digest, trouble}) =>
			trouble === undefined
				? {text: digest === undefined ? '' : shortId(digest), tone: 'dim'}
				: {text: sanitise(trouble), tone: 'trouble'},
		compare: byText(row => row.digest ?? ''),
	},
	{
		id: 'size',
		isNumeric: true,
		header: 'SIZE',
		align: 'right',
		priority: 3,
		width: {min: 7, ideal: 7},
		cell: ({sizeBytes}) => (sizeBytes === undefined ? emptyCell() : {text: formatSize(sizeBytes)}),
		compare: byNumber(row => row.sizeBytes),
	},
	{
		id: 'created',
		isNumeric: true,
		header: 'CREATED',
		align: 'right',
		priority: 4,
		width: {min: 7, ideal: 7},
		cell: ({createdAt}, {now}) =>
			createdAt === undefined ? emptyCell() : {text: formatAge(now - createdAt), tone: 'dim'},
		compare: byNumber(row => row.createdAt),
	},
	{
		id: 'platforms',
		header: 'PLATFORMS',
		align: 'left',
		priority: 6,
		width: {min: 13, ideal: 24, max: 60},
		cell: ({platforms = []}) => ({text: sanitise(platformsText(platforms)), tone: 'dim'}),
		compare: byText(row => (row.platforms ?? []).join(' ')),
	},
];

export const tags = {
	id: 'tags',
	title: 'Tags',
	columns,
	rowId: row => row.key,
	search: {
		text: row => row.tag.toLowerCase(),
		fields: {
			tag: row => [row.tag],
			here: row => [hereText(row)],
			digest: ({digest}) => (digest === undefined ? [] : [digest]),
			platform: ({platforms = []}) => platforms,
		},
	},
	// The newest version and `latest` stand on top.
	defaultSort: {columnId: 'tag', isDescending: true},
	emptyMessage: 'This repository has no tags.',
} as const satisfies Resource<TagRow>;
