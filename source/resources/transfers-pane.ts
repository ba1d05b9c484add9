import {formatRate} from '../format/bytes.ts';
import {formatEta} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import {byText} from './column.ts';
import type {Resource} from './resource.ts';
import {stateTone, type TransferRow} from './transfer-row.ts';
import {transferColumns, transfers} from './transfers.ts';

/** While bytes come: how fast and how long still, before what the engine says. */
const statusText = ({bytesPerSecond, etaMs, status}: TransferRow): string => {
	if (bytesPerSecond === undefined) return status;
	const eta = etaMs === undefined ? '' : ` ${formatEta(etaMs)}`;
	return `${formatRate(bytesPerSecond)}B/s${eta} ${status}`;
};

/** The list of transfers where there is little room. */
export const transfersPane = {
	...transfers,
	columns: [
		transferColumns.direction,
		{...transferColumns.reference, width: {min: 12, ideal: 28, max: 80}},
		{...transferColumns.bar, width: {min: 6, ideal: 8, max: 30}},
		transferColumns.percent,
		{
			id: 'status',
			header: 'STATUS',
			align: 'left',
			priority: 4,
			// As much as a rate and an hour take.
			width: {min: 13, ideal: 13, max: 120},
			cell: row => ({
				text: sanitise(statusText(row)),
				tone: row.state === 'running' ? 'dim' : stateTone[row.state],
			}),
			compare: byText(row => row.state),
		},
	],
} as const satisfies Resource<TransferRow>;
