import {formatSize} from '../format/bytes.ts';
import {formatDelta} from '../format/delta.ts';
import {dockerfileInstruction} from '../format/instruction.ts';
import {sanitise} from '../format/sanitise.ts';
import {shownPath} from '../layers/tree/paths.ts';
import type {ChangeKind} from '../layers/tree/view.ts';
import type {Token} from '../theme/tokens.ts';
import {layerSigns, layerTones} from './change-signs.ts';
import {type Cell, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** A path that is another one in the two images, or a directory with such in it. */
export type ComparedFile = {
	readonly key: string;
	readonly kind: 'file';
	/** Latin1, without a slash before it. */
	readonly path: string;
	/** What the row is called: its name in the tree, its path in the flat list. Latin1. */
	readonly name: string;
	readonly change: ChangeKind;
	readonly depth: number;
	/** How many paths beneath it differ. */
	readonly below: number;
	readonly isOpen: boolean;
	/** Of the list of paths: nothing can be folded. */
	readonly isFlat: boolean;
	/** Absent: it is not there. */
	readonly leftBytes?: number;
	readonly rightBytes?: number;
};

export type ComparedLayer = {
	readonly key: string;
	readonly kind: 'layer';
	readonly change: 'unmodified' | 'added' | 'removed';
	/** From 1, the lowest; absent: the image does not have it. */
	readonly left?: number;
	readonly right?: number;
	/** Absent until it was read. */
	readonly sizeBytes?: number;
	readonly createdBy: string;
	readonly diffId: string;
};

export type ComparedSetting = {
	readonly key: string;
	readonly kind: 'setting';
	/** `env`, `label` … */
	readonly field: string;
	/** Empty where there is only one. */
	readonly name: string;
	readonly change: 'added' | 'modified' | 'removed';
	/** Secrets masked. */
	readonly left: string;
	readonly right: string;
};

export type CompareRow = ComparedFile | ComparedLayer | ComparedSetting;

const tone = ({change}: {readonly change: ChangeKind}): Token | undefined => layerTones[change];

const signColumn: Column<CompareRow> = {
	id: 'sign',
	header: ' ',
	align: 'left',
	priority: 2,
	width: {min: 1, ideal: 1},
	cell: row => ({text: layerSigns[row.change], tone: tone(row)}),
};

/** A column of rows of one kind. */
const of =
	<Kind extends CompareRow['kind']>(kind: Kind) =>
	(
		column: Omit<Column<CompareRow>, 'cell'>,
		cell: (row: Extract<CompareRow, {kind: Kind}>, ...rest: CellRest) => Cell,
	): Column<CompareRow> => ({
		...column,
		cell: (row, ...rest) => (isOf(row, kind) ? cell(row, ...rest) : emptyCell()),
	});

type CellRest = Parameters<Column<CompareRow>['cell']> extends [unknown, ...infer Rest] ? Rest : never;

const isOf = <Kind extends CompareRow['kind']>(
	row: CompareRow,
	kind: Kind,
): row is Extract<CompareRow, {kind: Kind}> => row.kind === kind;

const sizeText = (bytes: number | undefined): Cell =>
	bytes === undefined ? emptyCell() : {text: formatSize(bytes), tone: 'dim'};

const isFolder = ({below}: ComparedFile): boolean => below > 0;

const file = of('file');

const fileColumns: readonly Column<CompareRow>[] = [
	file({id: 'left', header: 'LEFT', align: 'right', priority: 5, width: {min: 7, ideal: 7}}, ({leftBytes}) =>
		sizeText(leftBytes),
	),
	file(
		{id: 'right', header: 'RIGHT', align: 'right', priority: 4, width: {min: 7, ideal: 7}},
		({rightBytes}) => sizeText(rightBytes),
	),
	file(
		{id: 'delta', header: 'DELTA', align: 'right', priority: 3, width: {min: 8, ideal: 8}},
		({leftBytes = 0, rightBytes = 0}) => {
			const delta = rightBytes - leftBytes;
			return {text: formatDelta(delta), tone: delta > 0 ? 'watch' : 'good'};
		},
	),
	signColumn,
	file(
		{id: 'path', header: 'PATH', align: 'left', priority: 1, width: {min: 24, ideal: 60, max: 400}},
		(row, {glyphs}, width) => {
			const {name, depth, below, isOpen, isFlat} = row;
			const indent = ' '.repeat(Math.min(2 * depth, Math.floor(width / 2)));
			const fold = isFolder(row) && !isFlat ? (isOpen ? glyphs.open : glyphs.closed) : ' ';
			const count = below > 0 && !isOpen && !isFlat ? `  (${below})` : '';
			const slash = isFolder(row) ? '/' : '';
			const text = `${indent}${fold} ${sanitise(shownPath(name))}${slash}${count}`;
			return {text, tone: tone(row), cut: 'middle'};
		},
	),
];

const layer = of('layer');

const layerColumns: readonly Column<CompareRow>[] = [
	layer({id: 'left', header: 'LEFT', align: 'right', priority: 4, width: {min: 4, ideal: 4}}, ({left}) => ({
		text: String(left ?? ''),
		tone: 'dim',
	})),
	layer(
		{id: 'right', header: 'RIGHT', align: 'right', priority: 5, width: {min: 5, ideal: 5}},
		({right}) => ({
			text: String(right ?? ''),
			tone: 'dim',
		}),
	),
	layer({id: 'size', header: 'SIZE', align: 'right', priority: 3, width: {min: 7, ideal: 7}}, row => ({
		text: row.sizeBytes === undefined ? '' : formatSize(row.sizeBytes),
		tone: tone(row),
	})),
	signColumn,
	layer(
		{
			id: 'createdBy',
			header: 'INSTRUCTION',
			align: 'left',
			priority: 1,
			width: {min: 24, ideal: 60, max: 400},
		},
		row => ({text: sanitise(dockerfileInstruction(row.createdBy)), tone: tone(row), cut: 'middle'}),
	),
];

const setting = of('setting');

const configColumns: readonly Column<CompareRow>[] = [
	signColumn,
	setting(
		{id: 'field', header: 'SETTING', align: 'left', priority: 3, width: {min: 11, ideal: 12}},
		({field}) => ({text: field, tone: 'dim'}),
	),
	setting(
		{id: 'name', header: 'NAME', align: 'left', priority: 4, width: {min: 12, ideal: 24, max: 48}},
		row => ({text: sanitise(row.name), tone: tone(row), cut: 'middle'}),
	),
	setting(
		{id: 'left', header: 'LEFT', align: 'left', priority: 1, width: {min: 12, ideal: 36, max: 200}},
		({left}) => ({text: sanitise(left), cut: 'middle'}),
	),
	setting(
		{id: 'right', header: 'RIGHT', align: 'left', priority: 2, width: {min: 12, ideal: 36, max: 200}},
		({right}) => ({text: sanitise(right), cut: 'middle'}),
	),
];

const wordsOf = (row: CompareRow): string => {
	switch (row.kind) {
		case 'file':
			return shownPath(row.path);
		case 'layer':
			return `${row.createdBy} ${row.diffId}`;
		case 'setting':
			return `${row.field} ${row.name} ${row.left} ${row.right}`;
	}
};

/** Its rows are files, layers or settings, whichever section is shown. */
export const compare = {
	id: 'compare',
	title: 'Files',
	columns: fileColumns,
	rowId: ({key}) => key,
	search: {
		text: row => sanitise(wordsOf(row)).toLowerCase(),
		fields: {kind: ({change}) => [change, layerSigns[change]]},
	},
	emptyMessage: 'No file differs.',
} as const satisfies Resource<CompareRow>;

export const comparedLayers: Resource<CompareRow> = {
	...compare,
	title: 'Layers',
	columns: layerColumns,
	emptyMessage: 'Neither image has a layer.',
};

export const comparedSettings: Resource<CompareRow> = {
	...compare,
	title: 'Configuration',
	columns: configColumns,
	emptyMessage: 'Both are configured alike.',
};
