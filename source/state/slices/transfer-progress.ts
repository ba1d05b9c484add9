import type {TransferProgress} from '../../engine/types.ts';
import {counted} from '../../format/counted.ts';
import type {Transfer} from '../model.ts';
import {type Pace, paceAfter} from '../pace.ts';
import {type LayerSums, layerAfter, sumLayers} from './transfer-layers.ts';

/** Of what a transfer leaves out so many are named. */
const leftOutKept = 100;

const withItem = (transfer: Transfer, item: TransferProgress, at: number): Transfer => {
	switch (item.kind) {
		case 'layer':
		case 'build':
			return transfer;
		case 'status':
			return {...transfer, message: item.status};
		case 'digest':
			return {...transfer, digest: item.digest};
		case 'bytes': {
			const {doneBytes, totalBytes = transfer.bytesTotal, fileCount} = item;
			const message = counted(fileCount, 'file');
			return {...transfer, bytesDone: doneBytes, bytesTotal: totalBytes, message};
		}
		case 'amount': {
			const {waiting: _, ...rest} = transfer;
			const {doneBytes, totalBytes = transfer.bytesTotal} = item;
			return {...rest, bytesDone: doneBytes, bytesTotal: totalBytes};
		}
		case 'waiting':
			if (transfer.waiting?.status === item.status) return transfer;
			return {...transfer, waiting: {status: item.status, since: at}};
		case 'result':
			return {...transfer, results: [...transfer.results, ...item.names]};
		case 'left-out': {
			const {leftOut, leftOutCount} = transfer;
			const named = leftOut.length < leftOutKept ? [...leftOut, item.text] : leftOut;
			return {...transfer, leftOut: named, leftOutCount: leftOutCount + 1};
		}
	}
};

const largest = (before: number | undefined, now: number | undefined): number | undefined =>
	before === undefined || (now !== undefined && now > before) ? now : before;

/** What is shown never goes back, whatever the sizes turn out to be. */
const withSums = (transfer: Transfer, sums: LayerSums): Transfer => {
	const fraction = largest(transfer.fraction, sums.fraction);
	return {
		...transfer,
		bytesDone: Math.max(transfer.bytesDone, sums.doneBytes),
		bytesTotal: Math.max(transfer.bytesTotal, sums.totalBytes),
		bytesGuessed: sums.guessedBytes,
		bytesUnpacked: Math.max(transfer.bytesUnpacked, sums.unpackedBytes),
		...(fraction === undefined ? {} : {fraction}),
	};
};

const withLayers = (transfer: Transfer, progress: readonly TransferProgress[]): Transfer => {
	const told = progress.filter(item => item.kind === 'layer');
	if (told.length === 0) return transfer;
	const layers = new Map(transfer.layers);
	for (const item of told) layers.set(item.layerId, layerAfter(layers.get(item.layerId), item));
	const isPull = transfer.kind === 'pull';
	return withSums({...transfer, layers}, sumLayers([...layers.values()], isPull));
};

/** While nothing is unpacked nobody knows how fast it would go. */
const unpackPaceAfter = (before: Transfer, after: Transfer, at: number): Pace | undefined => {
	const {unpackPace} = before;
	if (unpackPace === undefined) return undefined;
	const isIdle = before.bytesUnpacked === after.bytesUnpacked && after.bytesDone < after.bytesTotal;
	return isIdle ? {...unpackPace, at} : paceAfter(unpackPace, after.bytesUnpacked, at);
};

/** A transfer after what was told of it since it was last told of. */
export const progressed = (
	transfer: Transfer,
	progress: readonly TransferProgress[],
	at: number,
): Transfer => {
	const next = progress.reduce((known, item) => withItem(known, item, at), withLayers(transfer, progress));
	const pace = transfer.pace && paceAfter(transfer.pace, next.bytesDone, at);
	const unpackPace = unpackPaceAfter(transfer, next, at);
	return {...next, ...(pace && {pace}), ...(unpackPace && {unpackPace})};
};
