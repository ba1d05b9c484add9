import {shortId} from '../../format/image-name.ts';
import type {TransferLayerRow} from '../../resources/transfer-layers.ts';
import type {Transfer} from '../model.ts';
import type {CopyTask} from '../views/files.ts';
import type {ImageJob} from '../views/image-jobs.ts';

type Fact = readonly [name: string, text: string];

const some = (name: string, text: string): readonly Fact[] => (text === '' ? [] : [[name, text]]);

const ofCopy = ({direction, containerId, sources, target}: CopyTask): readonly Fact[] => [
	['container', shortId(containerId)],
	...sources.map((source): Fact => [direction === 'out' ? 'copied' : 'sent', source]),
	['to', target],
];

const ofJob = (job: ImageJob): readonly Fact[] => {
	switch (job.kind) {
		case 'save':
			return [
				...job.references.map((reference): Fact => ['image', reference]),
				['file', job.path],
				['compression', job.compression],
			];
		case 'load':
			return [['file', job.path]];
		case 'import':
			return [
				['file', job.path],
				...some('name', job.reference),
				...job.changes.map((change): Fact => ['change', change]),
				...some('message', job.message),
				...some('platform', job.platform ?? ''),
			];
		case 'build':
			return [['directory', job.directory], ...job.tags.map((tag): Fact => ['tag', tag])];
		case 'extract':
			return [
				['image', shortId(job.imageId)],
				['to', job.target],
			];
		case 'move':
			return [
				...some('container', job.commit?.name ?? ''),
				...job.images.map(({imageId, reference = shortId(imageId)}): Fact => ['image', reference]),
				['from', job.from],
				['to', job.to],
			];
		case 'push':
			return [['image', shortId(job.imageId)]];
	}
};

const leftOutOf = ({leftOut, leftOutCount}: Transfer): readonly Fact[] => [
	...leftOut.map((text): Fact => ['left out', text]),
	...(leftOutCount > leftOut.length
		? [['left out', `and ${leftOutCount - leftOut.length} more`] satisfies Fact]
		: []),
];

/** What it has to do, what came of it, what it left out. */
export const transferFactRows = (transfer: Transfer): readonly TransferLayerRow[] => {
	const {copy, job, results, message} = transfer;
	const facts: readonly Fact[] = [
		...(copy === undefined ? [] : ofCopy(copy)),
		...(job === undefined ? [] : ofJob(job)),
		...results.map((name): Fact => ['made', name]),
		...some('last word', message),
		...leftOutOf(transfer),
	];
	return facts.map(([name, text], index) => ({
		key: `fact:${index}`,
		name,
		text,
		...(name === 'left out' && {tone: 'watch' as const}),
	}));
};
