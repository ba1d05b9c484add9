import type {Figure} from '../figure.ts';

const images =
	'images of this machine’s own files under /usr, imported and with four layers of COPY over them, on a throwaway engine; the one of 100 layers has 4,000 small files';

const common = {stage: 'layers', measure: 'layers', of: 'gantry', summary: 'median'} as const;

const ofSizes = (what: 'size' | 'layers', label: string): readonly Figure[] => [
	{
		...common,
		id: `${what}-analyse`,
		title: `${label}: analysed in`,
		unit: 'ms',
		how: `from the first question to the engine to the whole tree, nothing remembered; bundled as the program is, in a process of its own; ${images}`,
	},
	{
		...common,
		id: `${what}-save`,
		title: `${label}: docker save > /dev/null`,
		unit: 'ms',
		how: 'from the start of the docker client to its end; the two take turns, and who is first changes from run to run',
	},
	{
		...common,
		id: `${what}-ratio`,
		title: `${label}: analysed by saved`,
		unit: '×',
		budget: 1.15,
		how: 'the median of the one by the median of the other, of the same run of the benchmark',
	},
	{
		...common,
		id: `${what}-memory`,
		title: `${label}: memory above 60 MB per entry`,
		unit: 'B',
		budget: 150,
		how: 'VmHWM of the process after the analysis, less what it took before and less 60 MB, by the number of entries in all layers; 0: it stayed below 60 MB',
	},
	{
		...common,
		id: `${what}-peak`,
		title: `${label}: memory at its most`,
		unit: 'MB',
		how: 'VmHWM after the analysis, less the resident set before; 1 MB = 1,048,576 bytes',
	},
	{
		...common,
		id: `${what}-again`,
		title: `${label}: opened again from the cache`,
		unit: 'ms',
		budget: 200,
		how: 'as analysed, with the layers remembered by an analysis before',
	},
];

const tree = {...common, measure: 'tree', unit: 'ms', budget: 50} as const;

/** What reading the layers of an image costs. */
export const layerFigures: readonly Figure[] = [
	...ofSizes('size', 'image, n MB'),
	...ofSizes('layers', 'image of n layers'),
	{
		...tree,
		id: 'tree-open',
		title: 'tree of n files: another layer',
		how: 'from the choice of a layer to the rows of its tree, the median over ten layers of a made tree; the first view of a tree is prepared, in steps, before it is shown',
	},
	{
		...tree,
		id: 'tree-toggle',
		title: 'tree of n files: this layer, up to here',
		how: 'the same when the changes of all layers up to it are wanted',
	},
	{
		...tree,
		id: 'tree-worst',
		title: 'tree of n files: the slowest of both',
		summary: 'worst',
		how: 'the slowest of the same twenty in all runs, the very first among them, and of the steps that this one was prepared in when the tree came',
	},
];
