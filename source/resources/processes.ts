import type {ContainerProcess} from '../engine/process-types.ts';
import {formatMemory} from '../format/bytes.ts';
import {cellWidth} from '../format/cells.ts';
import {formatAge} from '../format/duration.ts';
import {formatPercent} from '../format/percent.ts';
import {sanitise} from '../format/sanitise.ts';
import {fitStyled} from '../format/styled.ts';
import type {Token} from '../theme/tokens.ts';
import {byNumber, byText, type Cell, type Column, emptyCell} from './column.ts';
import type {Resource} from './resource.ts';

export type ProcessesRow = {
	readonly process: ContainerProcess;
	/** In the tree, for each level from the top down: is it the last of its siblings? */
	readonly lasts: readonly boolean[];
	/** Share of one core in the last seconds; absent while it cannot be told. */
	readonly recentPercent?: number;
	/** The lines of the tree before the command. */
	readonly prefix?: string;
	/** Cells of a long command that are left out at its beginning. */
	readonly shift?: number;
	readonly isMarked?: boolean;
};

const two = (value: number): string => String(value).padStart(2, '0');

/** CPU time as `ps` writes it: `0:07`, `12:40`, `3:02:01`. */
const cpuTime = (seconds: number | undefined): string => {
	if (seconds === undefined) return '-';
	const whole = Math.floor(seconds);
	const minutes = Math.floor(whole / 60);
	return minutes < 60
		? `${minutes}:${two(whole % 60)}`
		: `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
};

/** By the first letter of the state: what waits for the disk, was halted, or is dead and not yet fetched. */
const stateTones: Readonly<Record<string, Token>> = {
	R: 'good',
	D: 'watch',
	T: 'watch',
	t: 'watch',
	Z: 'trouble',
};

const orDash = (text: string): Cell => (text === '' ? {text: '-', tone: 'dim'} : {text: sanitise(text)});

const age = ({process: {elapsedSeconds, startText = ''}}: ProcessesRow): string =>
	elapsedSeconds === undefined ? startText : formatAge(elapsedSeconds * 1000);

/** A kernel thread has no command line, and a process that ends has none any more. */
const command = ({process}: ProcessesRow): string => sanitise(process.command);

const numeric = (
	column: Pick<Column<ProcessesRow>, 'id' | 'header' | 'priority'>,
	width: number,
	value: (process: ContainerProcess) => number | undefined,
	show: (value: number | undefined) => string,
): Column<ProcessesRow> => ({
	...column,
	isNumeric: true,
	align: 'right',
	width: {min: width, ideal: width},
	cell: ({process}) => {
		const known = value(process);
		return {text: show(known), ...(known === undefined ? {tone: 'dim'} : {})};
	},
	compare: byNumber(({process}) => value(process)),
});

const whole = (value: number | undefined): string => (value === undefined ? '-' : String(value));

const columnsOf = (scope: '' | 'HOST '): readonly Column<ProcessesRow>[] => [
	{
		...numeric({id: 'pid', header: `${scope}PID`, priority: 1}, 8, ({pid}) => pid, whole),
		isNumeric: false,
	},
	{
		...numeric({id: 'ppid', header: 'PARENT', priority: 11}, 7, ({parentPid}) => parentPid, whole),
		isNumeric: false,
	},
	{
		id: 'user',
		header: 'USER',
		align: 'left',
		priority: 7,
		width: {min: 8, ideal: 12},
		cell: ({process}) => orDash(process.user),
		compare: byText(({process}) => process.user),
	},
	{
		id: 'now',
		isNumeric: true,
		header: '%NOW',
		align: 'right',
		priority: 3,
		width: {min: 5, ideal: 5},
		cell: ({recentPercent}) =>
			recentPercent === undefined ? {text: '-', tone: 'dim'} : {text: String(Math.round(recentPercent))},
		compare: byNumber(({recentPercent, process}) => recentPercent ?? process.cpuPercent),
	},
	numeric({id: 'cpu', header: '%CPU', priority: 5}, 5, ({cpuPercent}) => cpuPercent, formatPercent),
	numeric({id: 'memory', header: '%MEM', priority: 10}, 5, ({memoryPercent}) => memoryPercent, formatPercent),
	numeric(
		{id: 'rss', header: 'RSS', priority: 4},
		5,
		({rssBytes}) => rssBytes,
		bytes => (bytes === undefined ? '-' : formatMemory(bytes)),
	),
	{
		id: 'state',
		header: 'STAT',
		align: 'left',
		priority: 6,
		width: {min: 5, ideal: 5},
		cell: ({process: {state}}) =>
			state === '' ? emptyCell() : {text: sanitise(state), tone: stateTones[state.charAt(0)]},
		compare: byText(({process}) => process.state),
	},
	{
		id: 'age',
		header: 'AGE',
		align: 'right',
		priority: 8,
		width: {min: 5, ideal: 5},
		cell: row => orDash(age(row)),
		isNumeric: true,
		compare: byNumber(({process}) => process.elapsedSeconds),
	},
	numeric({id: 'time', header: 'TIME', priority: 9}, 8, ({cpuSeconds}) => cpuSeconds, cpuTime),
	{
		id: 'command',
		header: 'COMMAND',
		align: 'left',
		priority: 2,
		width: {min: 30, ideal: 60, max: 10_000},
		cell: (row, {glyphs}, width) => {
			const {prefix = '', shift = 0} = row;
			const text = command(row);
			const room = width - cellWidth(prefix);
			// Short ones stay; of a long one the end is the furthest that is shown.
			const from = Math.min(shift, cellWidth(text) - room);
			if (from <= 0) return {text: prefix + text};
			return {text: `${prefix}${glyphs.ellipsis}${fitStyled(text, room, from + 1).trimEnd()}`};
		},
		compare: byText(command),
	},
];

/** Without a sort order its rows come as a tree. */
export const processes = {
	id: 'processes',
	title: 'Processes',
	columns: columnsOf('HOST '),
	rowId: ({process}) => String(process.pid),
	search: {
		text: row => `${row.process.pid}\n${row.process.user}\n${command(row)}`.toLowerCase(),
		fields: {
			pid: ({process}) => [String(process.pid)],
			user: ({process}) => [process.user],
			state: ({process}) => [process.state],
			command: row => [command(row)],
		},
	},
	emptyMessage: 'The engine lists no processes.',
} as const satisfies Resource<ProcessesRow>;

/** The same where the numbers are the container's own. */
export const containerProcesses: Resource<ProcessesRow> = {...processes, columns: columnsOf('')};
