import {formatSize} from '../format/bytes.ts';
import {formatCount} from '../format/count.ts';
import {formatAge} from '../format/duration.ts';
import {dockerfileInstruction} from '../format/instruction.ts';
import {sanitise} from '../format/sanitise.ts';
import {changeKinds} from '../layers/tree/view.ts';
import type {ImageLayer} from '../layers/types.ts';
import {layerSigns} from './change-signs.ts';
import {byNumber, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** How many paths a layer changed, directories not counted. */
export type LayerChanges = {
	readonly added: number;
	readonly modified: number;
	/** Mode, owner, time or attributes, but not the content. */
	readonly metadata: number;
	readonly removed: number;
};

/** One layer of the image that is open. */
export type LayerRow = {
	/** Its index. */
	readonly key: string;
	readonly layer: ImageLayer;
	/** Of this layer and all below it; absent while one of them was not read. */
	readonly cumulativeBytes?: number;
	readonly fileCount?: number;
	readonly changes?: LayerChanges;
	/** Names of other images that have it too; absent: not known. */
	readonly alsoIn?: readonly string[];
};

/** `+12 ~3 *1 -4`: what there was none of is left out. */
const changesText = (changes: LayerChanges): string =>
	changeKinds
		.flatMap(kind => {
			const count = kind === 'unmodified' ? 0 : changes[kind];
			return count > 0 ? [layerSigns[kind] + formatCount(count)] : [];
		})
		.join(' ');

const columns: readonly Column<LayerRow>[] = [
	{
		id: 'number',
		header: '#',
		align: 'right',
		priority: 1,
		width: {min: 3, ideal: 3},
		cell: ({layer}) => ({text: String(layer.index + 1), tone: 'dim'}),
	},
	{
		id: 'size',
		isNumeric: true,
		header: 'SIZE',
		align: 'right',
		priority: 2,
		width: {min: 7, ideal: 7},
		cell: ({layer}) =>
			layer.contentBytes === undefined
				? {text: layer.absence === undefined ? '…' : 'absent', tone: 'dim'}
				: {text: formatSize(layer.contentBytes)},
		compare: byNumber(({layer}) => layer.contentBytes),
	},
	{
		id: 'cumulative',
		isNumeric: true,
		header: 'UP TO',
		align: 'right',
		priority: 6,
		width: {min: 7, ideal: 7},
		cell: ({cumulativeBytes}) =>
			cumulativeBytes === undefined ? emptyCell() : {text: formatSize(cumulativeBytes), tone: 'dim'},
	},
	{
		id: 'files',
		isNumeric: true,
		header: 'FILES',
		align: 'right',
		priority: 5,
		width: {min: 5, ideal: 5},
		cell: ({fileCount}) => (fileCount === undefined ? emptyCell() : {text: formatCount(fileCount)}),
		compare: byNumber(({fileCount}) => fileCount),
	},
	{
		id: 'changes',
		header: 'CHANGED',
		align: 'left',
		priority: 4,
		width: {min: 12, ideal: 12},
		cell: ({changes}) => (changes === undefined ? emptyCell() : {text: changesText(changes)}),
		compare: byNumber(({changes}) =>
			changes === undefined
				? undefined
				: changes.added + changes.modified + changes.metadata + changes.removed,
		),
	},
	{
		id: 'also',
		isNumeric: true,
		header: 'ALSO IN',
		align: 'right',
		priority: 7,
		isExtra: true,
		width: {min: 7, ideal: 7},
		cell: ({alsoIn}) =>
			alsoIn === undefined || alsoIn.length === 0 ? emptyCell() : {text: `${alsoIn.length} img`, tone: 'dim'},
		compare: byNumber(({alsoIn}) => alsoIn?.length),
	},
	{
		id: 'created',
		header: 'CREATED',
		align: 'right',
		priority: 8,
		isExtra: true,
		width: {min: 7, ideal: 7},
		cell: ({layer}, {now}) =>
			layer.createdAt === undefined ? emptyCell() : {text: formatAge(now - layer.createdAt), tone: 'dim'},
		compare: byNumber(({layer}) => layer.createdAt),
	},
	{
		id: 'instruction',
		header: 'INSTRUCTION',
		align: 'left',
		priority: 3,
		width: {min: 14, ideal: 22, max: 400},
		cell: ({layer}) =>
			layer.createdBy.trim() === ''
				? {text: sanitise(layer.comment), tone: 'dim'}
				: {text: sanitise(dockerfileInstruction(layer.createdBy))},
	},
];

export const layers = {
	id: 'layers',
	title: 'Layers',
	columns,
	rowId: ({key}) => key,
	search: {
		text: ({layer}) => sanitise(`${layer.createdBy} ${layer.diffId}`).toLowerCase(),
		fields: {
			digest: ({layer}) => [layer.diffId],
			also: ({alsoIn}) => alsoIn ?? [],
		},
	},
	emptyMessage: 'Nothing was read yet.',
} as const satisfies Resource<LayerRow>;
