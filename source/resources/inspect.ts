import {sanitise} from '../format/sanitise.ts';
import type {InspectNode} from './inspect-tree.ts';
import type {Resource} from './resource.ts';

/** A node of the document, or a further line of a long text that is unfolded. */
export type InspectRow = {
	readonly key: string;
	/** Of the line of a text: the node it belongs to. */
	readonly node: InspectNode;
	/** Place of the node in the document. */
	readonly index: number;
	readonly isOpen: boolean;
	/** Only in the line of an unfolded text; sanitised. */
	readonly line?: string;
};

export const inspect = {
	id: 'inspect',
	title: 'Inspect',
	columns: [],
	rowId: ({key}) => key,
	search: {text: ({node}) => sanitise(node.label).toLowerCase(), fields: {}},
	emptyMessage: 'Nothing here.',
} as const satisfies Resource<InspectRow>;
