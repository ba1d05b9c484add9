import {formatSize} from '../format/bytes.ts';
import {formatCount} from '../format/count.ts';
import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** What is stored in an image for nothing, or what should not be in it. */
export type WasteRow = {
	readonly key: string;
	/** `secret`: a file that is only hidden; `setting`: a value in the environment or in an instruction. */
	readonly kind: 'waste' | 'secret' | 'setting';
	/** As it is shown; of a setting its name. */
	readonly path: string;
	/** Latin1; absent for what is no file. */
	readonly place?: string;
	/** Layers that store it, from 1. */
	readonly layers: readonly number[];
	readonly bytes: number;
	readonly copies: number;
	readonly why: string;
};

const listed = (layers: readonly number[]): string => layers.join(',');

const isSecret = ({kind}: WasteRow): boolean => kind !== 'waste';

const columns: readonly Column<WasteRow>[] = [
	{
		id: 'sign',
		header: ' ',
		align: 'left',
		priority: 3,
		width: {min: 1, ideal: 1},
		cell: row => (isSecret(row) ? {text: '!', tone: 'trouble'} : emptyCell()),
	},
	{
		id: 'bytes',
		isNumeric: true,
		header: 'BYTES',
		align: 'right',
		priority: 2,
		width: {min: 7, ideal: 7},
		cell: row => (row.kind === 'setting' ? emptyCell() : {text: formatSize(row.bytes)}),
		compare: byNumber(({bytes}) => bytes),
	},
	{
		id: 'copies',
		isNumeric: true,
		header: 'FILES',
		align: 'right',
		priority: 5,
		width: {min: 5, ideal: 5},
		cell: row => (row.kind === 'setting' ? emptyCell() : {text: formatCount(row.copies)}),
		compare: byNumber(({copies}) => copies),
	},
	{
		id: 'layers',
		header: 'LAYER',
		align: 'right',
		priority: 4,
		width: {min: 5, ideal: 7},
		cell: ({layers}) => ({text: listed(layers), cut: 'end'}),
		compare: byNumber(({layers}) => layers[0]),
	},
	{
		id: 'path',
		header: 'PATH',
		align: 'left',
		priority: 1,
		width: {min: 20, ideal: 22, max: 200},
		cell: row => ({text: sanitise(row.path), tone: isSecret(row) ? 'trouble' : undefined, cut: 'middle'}),
		compare: byText(({path}) => path),
	},
	{
		id: 'why',
		header: 'WHY',
		align: 'left',
		priority: 6,
		width: {min: 16, ideal: 24, max: 60},
		cell: ({why}) => ({text: sanitise(why), tone: 'dim'}),
		compare: byText(({why}) => why),
	},
];

export const waste = {
	id: 'waste',
	title: 'Wasted space',
	columns,
	rowId: ({key}) => key,
	search: {
		text: ({path, why}) => sanitise(`${path} ${why}`).toLowerCase(),
		fields: {
			kind: ({kind}) => [kind],
			layer: ({layers}) => layers.map(String),
			path: ({path}) => [path],
			why: ({why}) => [why],
		},
	},
	emptyMessage: 'Nothing is wasted: the final image shows every byte that is stored.',
} as const satisfies Resource<WasteRow>;
