import {formatSize} from '../format/bytes.ts';
import {formatAge} from '../format/duration.ts';
import {formatMode} from '../format/file-mode.ts';
import {sanitise} from '../format/sanitise.ts';
import {shownPath} from '../layers/tree/paths.ts';
import type {NodeFacts} from '../layers/tree/view.ts';
import type {EntryKind} from '../layers/types.ts';
import {layerSigns, layerTones} from './change-signs.ts';
import {byNumber, byText, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

/** One path of a layer, or of all layers up to it. */
export type LayerFileRow = {
	/** Its node. */
	readonly key: string;
	readonly facts: NodeFacts;
	readonly depth: number;
	/** Something is in it. */
	readonly isFolder: boolean;
	readonly isOpen: boolean;
	/** Of a device its major and minor number. */
	readonly device?: string;
	readonly isMarked: boolean;
};

const kindLetters: {readonly [Kind in EntryKind]: string} = {
	file: '-',
	directory: 'd',
	symlink: 'l',
	hardlink: '-',
	'character-device': 'c',
	'block-device': 'b',
	fifo: 'p',
	whiteout: '-',
};

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const indentOf = (depth: number, width: number): string =>
	' '.repeat(Math.min(2 * depth, Math.floor(width / 2)));

const targetOf = ({kind, linkTarget}: NodeFacts, arrow: string): string => {
	if (linkTarget === undefined) return '';
	const shown = sanitise(shownPath(linkTarget));
	return kind === 'hardlink' ? ` = /${shown}` : ` ${arrow} ${shown}`;
};

/** Nothing is told of a directory that only its content speaks of. */
const isKnown = ({layer}: NodeFacts): boolean => layer >= 0;

const columns: readonly Column<LayerFileRow>[] = [
	{
		id: 'mode',
		header: 'MODE',
		align: 'left',
		priority: 3,
		width: {min: 10, ideal: 10},
		cell: ({facts}) =>
			isKnown(facts) ? {text: kindLetters[facts.kind] + formatMode(facts.mode), tone: 'dim'} : emptyCell(),
	},
	{
		id: 'owner',
		header: 'UID:GID',
		align: 'right',
		priority: 4,
		width: {min: 7, ideal: 9},
		cell: ({facts}) =>
			isKnown(facts) ? {text: `${facts.uid}:${facts.gid}`, tone: 'dim', cut: 'middle'} : emptyCell(),
	},
	{
		id: 'modified',
		header: 'WRITTEN',
		align: 'right',
		priority: 5,
		isExtra: true,
		width: {min: 7, ideal: 7},
		cell: ({facts}, {now}) =>
			isKnown(facts) && facts.modifiedAt > 0
				? {text: formatAge(now - facts.modifiedAt), tone: 'dim'}
				: emptyCell(),
	},
	{
		id: 'size',
		isNumeric: true,
		header: 'SIZE',
		align: 'right',
		priority: 2,
		width: {min: 7, ideal: 7},
		cell: ({facts, device}) => {
			if (device !== undefined) return {text: device, tone: 'dim'};
			const isSized = facts.kind !== 'symlink' && facts.kind !== 'fifo';
			return isSized ? {text: formatSize(facts.sizeBytes)} : emptyCell();
		},
		compare: byNumber(({facts}) => facts.sizeBytes),
	},
	{
		id: 'name',
		header: '  NAME',
		align: 'left',
		priority: 1,
		width: {min: 24, ideal: 50, max: 400},
		cell: ({facts, depth, isFolder, isOpen}, {glyphs}, width) => {
			const fold = isFolder ? (isOpen ? glyphs.open : glyphs.closed) : ' ';
			const name = sanitise(shownPath(nameOf(facts.path)));
			const slash = facts.kind === 'directory' || isFolder ? '/' : '';
			const sign = layerSigns[facts.change];
			const text = `${sign} ${indentOf(depth, width)}${fold} ${name}${slash}${targetOf(facts, glyphs.arrow)}`;
			return {text, tone: layerTones[facts.change], cut: 'middle'};
		},
		compare: byText(({facts}) => facts.path),
	},
];

export const layerFiles = {
	id: 'layerFiles',
	title: 'Files',
	columns,
	rowId: ({key}) => key,
	search: {text: ({facts}) => facts.path, fields: {}},
	emptyMessage: 'No file is shown.',
} as const satisfies Resource<LayerFileRow>;
