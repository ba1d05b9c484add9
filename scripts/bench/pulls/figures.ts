import type {Figure} from '../figure.ts';

const common = {stage: 'pulls', measure: 'pull', of: 'gantry', summary: 'median'} as const;

const image =
	'an image of random bytes in five layers, or of 100 small layers, in a registry on the same machine; removed from the engine before each pull; who is first changes from run to run';

const ofSizes = (what: 'size' | 'layers', label: string): readonly Figure[] => [
	{
		...common,
		id: `${what}-pull-docker`,
		title: `${label}: docker pull`,
		unit: 'ms',
		how: `from the start of the docker client to its end, its output to a pipe; ${image}`,
	},
	{
		...common,
		id: `${what}-pull-command`,
		title: `${label}: gantry pull`,
		unit: 'ms',
		how: 'the same of gantry pull',
	},
	{
		...common,
		id: `${what}-pull-command-ratio`,
		title: `${label}: gantry pull by docker pull`,
		unit: '×',
		budget: 1.05,
		how: 'the median of the one by the median of the other, of the same run of the benchmark',
	},
	{
		...common,
		id: `${what}-pull-dashboard`,
		title: `${label}: pulled in the dashboard`,
		unit: 'ms',
		how: 'from enter after :pull to the screen that says it is pulled',
	},
	{
		...common,
		id: `${what}-pull-dashboard-ratio`,
		title: `${label}: in the dashboard by docker pull`,
		unit: '×',
		budget: 1.05,
		how: 'likewise',
	},
];

/** What a pull costs beside docker's. */
export const pullFigures: readonly Figure[] = [
	...ofSizes('size', 'image, n MB'),
	...ofSizes('layers', 'image of n layers'),
];
