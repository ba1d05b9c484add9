import {formatSize} from '../../format/bytes.ts';
import {counted} from '../../format/counted.ts';
import {formatAge} from '../../format/duration.ts';
import {isImageId, shortId} from '../../format/image-name.ts';
import type {Transfer} from '../model.ts';
import type {ArchiveJob} from '../views/image-jobs.ts';
import {buildFraction, buildStatus} from './build-row.ts';

const layersDone = ({layers}: Transfer): string => {
	const all = [...layers.values()];
	const done = all.filter(({phase}) => phase === 'done' || phase === 'exists').length;
	return all.length === 0 ? '' : `${done}/${all.length} layers`;
};

/** Of a pull of all tags nobody knows how many there are. */
const tagsDone = ({results, pull}: Transfer): string =>
	pull?.isAllTags === true && results.length > 0 ? counted(results.length, 'tag') : '';

/** Everything came, and not everything is in its place. */
const unpacking = ({layers}: Transfer): string => {
	const all = [...layers.values()];
	const isExtracting = all.some(({phase}) => phase === 'extracting');
	return isExtracting && !all.some(({phase}) => phase === 'waiting' || phase === 'downloading')
		? 'extracting'
		: '';
};

const pullStatus = (transfer: Transfer): string => {
	const known = [tagsDone(transfer), layersDone(transfer), unpacking(transfer)].filter(part => part !== '');
	return known.join(', ') || transfer.message || 'asking the registry';
};

/** How much came, as nobody may know of how much. */
const copyStatus = ({kind, bytesDone, message, leftOutCount}: Transfer): string =>
	[
		...(message === ''
			? [`waiting for the ${kind === 'extract' ? 'engine' : 'container'}`]
			: [formatSize(bytesDone), message]),
		...(leftOutCount === 0 ? [] : [`${leftOutCount} left out`]),
	].join(', ');

const jobVerbs: Readonly<Record<ArchiveJob['kind'] | 'move', readonly [under: string, done: string]>> = {
	save: ['written', 'saved'],
	load: ['sent', 'loaded'],
	import: ['sent', 'imported'],
	move: ['sent', 'sent'],
};

const named = (results: readonly string[]): string =>
	results.map(name => (isImageId(name) ? shortId(name) : name)).join(', ');

/** While nothing can be counted, for how long already. */
const jobStatus = (
	{waiting, bytesDone}: Transfer,
	kind: ArchiveJob['kind'] | 'move',
	now: number,
): string => {
	if (waiting === undefined) return `${formatSize(bytesDone)} ${jobVerbs[kind][0]}`;
	return `${waiting.status}, ${formatAge(Math.max(0, now - waiting.since))}`;
};

const runningStatus = (transfer: Transfer, now: number): string => {
	switch (transfer.kind) {
		case 'pull':
		case 'push':
			return pullStatus(transfer);
		case 'copy-in':
		case 'copy-out':
		case 'extract':
			return copyStatus(transfer);
		case 'save':
		case 'load':
		case 'import':
		case 'move':
			return jobStatus(transfer, transfer.kind, now);
		case 'build':
			return buildStatus(transfer);
	}
};

/** By which digest the registry knows it, in twelve digits, and whether it had all of it before. */
const pushedStatus = ({layers, results: [name]}: Transfer): string => {
	const isNews = layers.size === 0 || [...layers.values()].some(({phase}) => phase !== 'exists');
	const digest = name === undefined ? '' : ` ${shortId(name.slice(name.indexOf('@') + 1))}`;
	return `${isNews ? 'pushed' : 'was there:'}${digest}`;
};

const doneStatus = (transfer: Transfer): string => {
	const {kind, message, results, bytesDone} = transfer;
	switch (kind) {
		case 'pull':
			// The engine's last word is "Status: Image is up to date for …" or "Status: Downloaded newer image for …".
			return [tagsDone(transfer), message.includes('up to date') ? 'up to date' : 'done']
				.filter(part => part !== '')
				.join(', ');
		case 'copy-in':
		case 'copy-out':
		case 'extract':
			return `${copyStatus(transfer)}, done`;
		case 'save':
			return `saved, ${formatSize(bytesDone)}${message === '' ? '' : `, ${message}`}`;
		case 'push':
			return pushedStatus(transfer);
		case 'move':
			return bytesDone === 0
				? `was there already: ${named(results)}`
				: `${formatSize(bytesDone)} sent: ${named(results)}`;
		case 'load':
		case 'import':
			return results.length === 0 ? jobVerbs[kind][1] : `${jobVerbs[kind][1]} ${named(results)}`;
		case 'build':
			return buildStatus(transfer);
	}
};

/** @param place how many are before it */
const queuedStatus = (place: number): string => (place === 0 ? 'waits, next' : `waits, ${place} before it`);

const causes = {
	'rate-limited': 'the registry asks to wait',
	unavailable: 'the registry cannot answer now',
} as const;

const retryStatus = ({retry}: Transfer, now: number): string => {
	if (retry === undefined) return 'waits';
	const {cause, at = now, tries, most} = retry;
	const seconds = Math.max(0, Math.ceil((at - now) / 1000));
	return `${causes[cause]}, again ${seconds === 0 ? 'now' : `in ${seconds} s`} (${tries} of ${most})`;
};

/**
 * What it does, what became of it, or why it failed.
 * @param now for how long it waits already
 * @param place how many are before it, when it is queued
 */
export const transferStatus = (transfer: Transfer, now: number, place = 0): string => {
	if (transfer.status === 'queued') return queuedStatus(place);
	if (transfer.kind === 'build') return buildStatus(transfer);
	switch (transfer.status) {
		case 'retrying':
			return retryStatus(transfer, now);
		case 'cancelling':
			return 'cancelling';
		case 'running':
			return runningStatus(transfer, now);
		case 'done':
			return doneStatus(transfer);
		case 'failed':
			return transfer.fault?.message ?? 'failed';
		case 'cancelled':
			return 'cancelled';
	}
};

/** 0 to 1; absent where nobody knows how much there is. */
export const transferFraction = (transfer: Transfer): number | undefined => {
	const {kind, status, pull, fraction, layers, bytesDone, bytesTotal} = transfer;
	if (kind === 'build') return buildFraction(transfer);
	// Each tag brings more: the share of those so far would run back and forth.
	if (pull?.isAllTags === true) return undefined;
	if (layers.size > 0) return fraction;
	if (bytesTotal === 0) return undefined;
	const share = bytesDone / bytesTotal;
	// What was sent is not yet done, and the size of what will be saved is a guess.
	return status === 'done' ? share : Math.min(share, 0.99);
};

/** With its choices, where they are others than usual. */
export const transferTitle = ({reference, pull}: Transfer): string => {
	const choices = [
		...(pull?.platform === undefined ? [] : [pull.platform]),
		...(pull?.isAllTags === true ? ['all tags'] : []),
	];
	return choices.length === 0 ? reference : `${reference} (${choices.join(', ')})`;
};
