import {bar} from '../format/bar.ts';
import {formatRate} from '../format/bytes.ts';
import {formatEta} from '../format/duration.ts';
import {shortenImage} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Column} from './column.ts';
import type {Resource} from './resource.ts';

export type TransferState = 'running' | 'done' | 'failed' | 'cancelled';

/** A pull or push as a list shows it. */
export type TransferRow = {
	readonly id: string;
	readonly direction:
		| 'pull'
		| 'push'
		| 'copy-out'
		| 'copy-in'
		| 'save'
		| 'load'
		| 'import'
		| 'build'
		| 'extract'
		| 'move';
	readonly reference: string;
	readonly state: TransferState;
	/** 0 to 1 over the bytes of all layers; absent while the sizes are not known. */
	readonly fraction?: number;
	readonly bytesPerSecond?: number;
	readonly etaMs?: number;
	/** What it is doing or why it failed, in the engine's words. */
	readonly status: string;
};

const stateTone: Readonly<Record<TransferState, Token>> = {
	running: 'accent',
	done: 'good',
	failed: 'trouble',
	cancelled: 'dim',
};

/** While bytes come: how fast and how long still, before what the engine says. */
const statusText = ({bytesPerSecond, etaMs, status}: TransferRow): string => {
	if (bytesPerSecond === undefined) return status;
	const eta = etaMs === undefined ? '' : ` ${formatEta(etaMs)}`;
	return `${formatRate(bytesPerSecond)}B/s${eta} ${status}`;
};

/** To this machine, or away from it. */
const isInward = ({direction}: TransferRow): boolean =>
	direction === 'pull' || direction === 'copy-out' || direction === 'save' || direction === 'extract';

const fraction = (row: TransferRow): number | undefined => (row.state === 'done' ? 1 : row.fraction);

const percent = (row: TransferRow): string => {
	const done = fraction(row);
	// A transfer is at 100 % when it is done, not when the rounding says so.
	return done === undefined ? '' : `${done >= 1 ? 100 : Math.floor(Math.max(done, 0) * 100)}%`;
};

const columns: readonly Column<TransferRow>[] = [
	{
		id: 'direction',
		header: ' ',
		align: 'left',
		priority: 2,
		width: {min: 1, ideal: 1},
		cell: (row, {glyphs}) => ({
			text: isInward(row) ? glyphs.down : glyphs.up,
			tone: stateTone[row.state],
		}),
		compare: byText(row => row.direction),
	},
	{
		id: 'reference',
		header: 'WHAT',
		align: 'left',
		priority: 1,
		width: {min: 12, ideal: 26, max: 80},
		cell: (row, {glyphs}, width) =>
			row.direction === 'pull' || row.direction === 'push'
				? {text: shortenImage(sanitise(row.reference), width, glyphs.ellipsis)}
				: // What is saved tells more than where it goes.
					{text: sanitise(row.reference), cut: row.direction === 'save' ? 'end' : 'middle'},
		compare: byText(row => row.reference),
	},
	{
		id: 'bar',
		header: ' ',
		align: 'left',
		priority: 5,
		width: {min: 6, ideal: 12, max: 30},
		cell: (row, {glyphs}, width) => ({
			text: bar(fraction(row), width, glyphs.bar),
			tone: stateTone[row.state],
		}),
	},
	{
		id: 'percent',
		isNumeric: true,
		header: '%',
		align: 'right',
		priority: 3,
		width: {min: 4, ideal: 4},
		cell: row => ({text: percent(row)}),
		compare: byNumber(fraction),
	},
	{
		id: 'status',
		header: 'STATUS',
		align: 'left',
		priority: 4,
		width: {min: 8, ideal: 16, max: 120},
		cell: row => ({
			text: sanitise(statusText(row)),
			tone: row.state === 'running' ? 'dim' : stateTone[row.state],
		}),
		compare: byText(row => row.state),
	},
];

export const transfers = {
	id: 'transfers',
	title: 'Transfers',
	columns,
	rowId: row => row.id,
	search: {
		text: row => [row.reference, row.direction, row.state, row.status].join('\n').toLowerCase(),
		fields: {
			name: row => [row.reference],
			state: row => [row.state],
			direction: row => [row.direction],
		},
	},
	emptyMessage: 'No transfers. P pulls an image.',
} as const satisfies Resource<TransferRow>;
