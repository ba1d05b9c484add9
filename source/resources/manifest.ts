import {formatSize} from '../format/bytes.ts';
import {shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import {type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** One thing that is said of a manifest. */
export type ManifestRow = {
	readonly key: string;
	readonly kind: 'fact' | 'platform' | 'attestation' | 'layer' | 'label' | 'annotation' | 'referrer';
	readonly label: string;
	readonly value: string;
	readonly digest?: string;
	/** Of a platform its image, compressed; else of what the digest names. */
	readonly sizeBytes?: number;
};

/** What `enter` goes into. */
export const isManifest = ({kind}: ManifestRow): boolean =>
	kind === 'platform' || kind === 'attestation' || kind === 'referrer';

const columns: readonly Column<ManifestRow>[] = [
	{
		id: 'what',
		header: 'WHAT',
		align: 'left',
		priority: 2,
		width: {min: 12, ideal: 12},
		cell: row => ({text: sanitise(row.label), tone: isManifest(row) ? 'accent' : 'dim'}),
	},
	{
		id: 'value',
		header: 'VALUE',
		align: 'left',
		priority: 1,
		width: {min: 30, ideal: 60, max: 400},
		cell: row => ({text: sanitise(row.value.replace(/\s+/g, ' ').trim())}),
	},
	{
		id: 'size',
		header: 'SIZE',
		align: 'right',
		priority: 3,
		width: {min: 7, ideal: 7},
		cell: ({sizeBytes}) => (sizeBytes === undefined ? emptyCell() : {text: formatSize(sizeBytes)}),
	},
	{
		id: 'digest',
		header: 'DIGEST',
		align: 'left',
		priority: 4,
		width: {min: 12, ideal: 12},
		cell: ({digest}) => (digest === undefined ? emptyCell() : {text: shortId(digest), tone: 'dim'}),
	},
];

export const manifest = {
	id: 'manifest',
	title: 'Manifest',
	columns,
	rowId: row => row.key,
	search: {
		text: row => `${row.label} ${row.value}`.toLowerCase(),
		fields: {
			what: row => [row.label],
			digest: ({digest}) => (digest === undefined ? [] : [digest]),
		},
	},
	emptyMessage: 'Nothing is told of it.',
} as const satisfies Resource<ManifestRow>;
