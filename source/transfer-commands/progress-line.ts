import {bar} from '../format/bar.ts';
import {formatRate, formatSize} from '../format/bytes.ts';
import {cellWidth, cut} from '../format/cells.ts';
import {formatEta} from '../format/duration.ts';
import {shortenImage} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Transfer} from '../state/model.ts';
import {movingOf} from '../state/selectors/transfer-rows.ts';
import {transferFraction, transferStatus} from '../state/selectors/transfer-status.ts';

const barWidth = 20;

const speed = (transfer: Transfer, now: number): string => {
	const {bytesPerSecond, etaMs} = movingOf(transfer, now);
	return bytesPerSecond === undefined ? '' : `${formatRate(bytesPerSecond)}B/s ${formatEta(etaMs)}  `;
};

/**
 * How far a transfer is, in one line: `nginx:1.27 ███████░░░ 71%  12.3MB/17.2MB  12MB/s 4s  3/5 layers`.
 * @param width cells at most
 */
export const progressLine = (transfer: Transfer, now: number, width: number): string => {
	const fraction = transferFraction(transfer);
	const {bytesDone, bytesTotal} = transfer;
	const percent = fraction === undefined ? '' : ` ${Math.floor(fraction * 100)}%`;
	const amount = bytesTotal === 0 ? '' : `${formatSize(bytesDone)}/${formatSize(bytesTotal)}  `;
	const rest = ` ${bar(fraction, barWidth)}${percent}  ${amount}${speed(transfer, now)}${sanitise(transferStatus(transfer, now))}`;
	const nameWidth = Math.max(12, width - cellWidth(rest));
	return cut(`${shortenImage(sanitise(transfer.reference), nameWidth)}${rest}`, width);
};
