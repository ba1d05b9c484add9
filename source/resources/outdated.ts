import type {ContainerId} from '../engine/types.ts';
import {formatAge} from '../format/duration.ts';
import {shortenImage, shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Cell, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/**
 * What a container's image is against what its tag stands for.
 * - `newer-there`: the registry has another one; `newer-here`: the engine has it already
 * - `gone`: the registry has no such tag; `unknown`: it did not say, or it cannot be compared
 * - `asking`: it has not answered yet
 * - `fixed`: there is nothing that could be newer
 */
export type Verdict = 'newer-there' | 'newer-here' | 'gone' | 'unknown' | 'asking' | 'up-to-date' | 'fixed';

/** A container and how new its image is. */
export type OutdatedRow = {
	readonly key: ContainerId;
	readonly name: string;
	/** As the container names it. */
	readonly image: string;
	readonly verdict: Verdict;
	/** What the verdict is called, and why. */
	readonly word: string;
	/** The whole story, for the row under the cursor. */
	readonly story: string;
	/** The tag's whole name; absent: it has none. */
	readonly reference?: string;
	readonly localDigest?: string;
	readonly remoteDigest?: string;
	/** Epoch ms, as far as it is known. */
	readonly localCreatedAt?: number;
	readonly remoteCreatedAt?: number;
	/** What is being done with it. */
	readonly busyVerb?: string;
};

const ranks: Readonly<Record<Verdict, number>> = {
	'newer-there': 0,
	'newer-here': 1,
	gone: 2,
	unknown: 3,
	asking: 4,
	'up-to-date': 5,
	fixed: 6,
};

const looks: Readonly<
	Record<
		Verdict,
		readonly [
			glyph: keyof Glyphs & ('up' | 'restarting' | 'dead' | 'unknown' | 'running' | 'bullet' | 'starting'),
			tone: Token | undefined,
		]
	>
> = {
	'newer-there': ['up', 'watch'],
	'newer-here': ['restarting', 'info'],
	gone: ['dead', 'trouble'],
	unknown: ['unknown', 'dim'],
	asking: ['starting', 'dim'],
	'up-to-date': ['running', 'good'],
	fixed: ['bullet', 'dim'],
};

const age = (at: number | undefined, now: number): Cell =>
	at === undefined || at <= 0 ? emptyCell() : {text: formatAge(now - at), tone: 'dim'};

const digestText = (digest: string | undefined): Cell => ({text: shortId(digest ?? ''), tone: 'dim'});

const columns: readonly Column<OutdatedRow>[] = [
	{
		id: 'name',
		header: 'CONTAINER',
		align: 'left',
		priority: 1,
		width: {min: 14, ideal: 24, max: 48},
		cell: row => ({text: sanitise(row.name), cut: 'middle'}),
		compare: byText(row => row.name),
	},
	{
		id: 'image',
		header: 'IMAGE',
		align: 'left',
		priority: 3,
		width: {min: 16, ideal: 32, max: 80},
		cell: (row, {glyphs}, width) => ({text: shortenImage(sanitise(row.image), width, glyphs.ellipsis)}),
		compare: byText(row => row.image),
	},
	{
		id: 'state',
		isNumeric: true,
		header: 'STATE',
		align: 'left',
		priority: 2,
		width: {min: 24, ideal: 34, max: 90},
		cell: ({verdict, word, busyVerb}, {glyphs, spinner}) => {
			if (busyVerb !== undefined) return {text: `${spinner} ${busyVerb}`, tone: 'info'};
			const [glyph, tone] = looks[verdict];
			return {text: `${verdict === 'asking' ? spinner : glyphs[glyph]} ${sanitise(word)}`, tone};
		},
		compare: byNumber(row => -ranks[row.verdict]),
	},
	{
		id: 'here',
		header: 'HERE',
		align: 'left',
		priority: 5,
		width: {min: 12, ideal: 12},
		cell: row => digestText(row.localDigest),
		compare: byText(row => row.localDigest ?? ''),
	},
	{
		id: 'age',
		isNumeric: true,
		header: 'AGE',
		align: 'right',
		priority: 4,
		width: {min: 5, ideal: 5},
		cell: (row, {now}) => age(row.localCreatedAt, now),
		compare: byNumber(row => row.localCreatedAt),
	},
	{
		id: 'there',
		header: 'THERE',
		align: 'left',
		priority: 6,
		width: {min: 12, ideal: 12},
		cell: row => digestText(row.remoteDigest),
		compare: byText(row => row.remoteDigest ?? ''),
	},
	{
		id: 'new-age',
		isNumeric: true,
		header: 'NEW AGE',
		align: 'right',
		priority: 7,
		width: {min: 7, ideal: 7},
		cell: (row, {now}) => age(row.remoteCreatedAt, now),
		compare: byNumber(row => row.remoteCreatedAt),
	},
];

export const outdated = {
	id: 'outdated',
	title: 'Outdated',
	columns,
	rowId: row => row.key,
	search: {
		text: row => `${row.name} ${row.image} ${row.word}`.toLowerCase(),
		fields: {
			name: row => [row.name],
			image: row => [row.image],
			state: row => [row.verdict, row.word],
		},
	},
	defaultSort: {columnId: 'state', isDescending: true},
	emptyMessage: 'No container runs. A looks at the stopped ones too.',
} as const satisfies Resource<OutdatedRow>;
