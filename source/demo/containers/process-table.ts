import {DemoError} from '../contract.ts';
import type {DemoContainer} from './container-types.ts';
import {processesOf} from './shell-host-of.ts';

type Line = {
	readonly container: DemoContainer;
	readonly pid: number;
	readonly parentPid: number;
	readonly index: number;
	readonly command: string;
	readonly now: number;
};

type PsColumn = {readonly title: string; readonly text: (line: Line) => string};

const user = ({container: {spec}}: Line): string => (spec.user === '' ? 'root' : spec.user);

const ageSeconds = ({container: {startedAt}, now}: Line): number =>
	Math.floor((now - (startedAt ?? now)) / 1000);

/** Invented, but the same each time: some processes work more than others. */
const cpuShare = ({pid, index}: Line): number => (index === 0 ? 0.3 : ((pid * 7) % 90) / 10);

const rssKiB = ({command, index}: Line): number => 4096 + command.length * 731 + index * 9113;

const two = (value: number): string => String(value).padStart(2, '0');

const clockText = (seconds: number): string =>
	[Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');

const cpuSeconds = (line: Line): number => Math.floor((ageSeconds(line) * cpuShare(line)) / 100);

/** By the names that `ps -o` takes. */
const psColumns: Readonly<Record<string, PsColumn>> = {
	pid: {title: 'PID', text: ({pid}) => String(pid)},
	ppid: {title: 'PPID', text: ({parentPid}) => String(parentPid)},
	user: {title: 'USER', text: user},
	pcpu: {title: '%CPU', text: line => cpuShare(line).toFixed(1)},
	pmem: {title: '%MEM', text: line => (rssKiB(line) / 160_000).toFixed(1)},
	rss: {title: 'RSS', text: line => String(rssKiB(line))},
	stat: {title: 'STAT', text: ({index}) => (index === 0 ? 'Ss' : 'S')},
	etimes: {title: 'ELAPSED', text: line => String(ageSeconds(line))},
	etime: {title: 'ELAPSED', text: line => clockText(ageSeconds(line))},
	times: {title: 'TIME', text: line => String(cpuSeconds(line))},
	time: {title: 'TIME', text: line => clockText(cpuSeconds(line))},
	args: {title: 'COMMAND', text: ({command}) => command},
};

/** What the engine asks for by itself: `ps -ef`. */
const fullFormat: readonly PsColumn[] = [
	{title: 'UID', text: user},
	{title: 'PID', text: ({pid}) => String(pid)},
	{title: 'PPID', text: ({parentPid}) => String(parentPid)},
	{title: 'C', text: line => String(Math.floor(cpuShare(line)))},
	{
		title: 'STIME',
		text: ({container, now}) => new Date(container.startedAt ?? now).toISOString().slice(11, 16),
	},
	{title: 'TTY', text: ({container}) => (container.spec.isTty ? 'pts/0' : '?')},
	{title: 'TIME', text: line => clockText(cpuSeconds(line))},
	{title: 'CMD', text: ({command}) => command},
];

const columnsFor = (psArgs: string): readonly PsColumn[] => {
	const wanted = /(?:^|\s)-[a-z]*o\s+(\S+)/.exec(psArgs)?.[1];
	if (wanted === undefined) return fullFormat;
	return wanted.split(',').map(name => {
		const column = psColumns[name.replace(/:\d+$/, '')];
		if (column !== undefined) return column;
		throw new DemoError(500, `ps: error: unknown user-defined format specifier "${name}"`);
	});
};

/** `GET /containers/{id}/top`. @param psArgs as the client sends it; `-ef` when empty */
export const processTable = (container: DemoContainer, psArgs: string, now: number): object => {
	const columns = columnsFor(psArgs);
	const {pid} = container;
	const lines = processesOf(container).map((command, index) => ({
		container,
		pid: pid + index,
		parentPid: index === 0 ? pid - 1 : pid,
		index,
		command,
		now,
	}));
	return {
		Processes: lines.map(line => columns.map(({text}) => text(line))),
		Titles: columns.map(({title}) => title),
	};
};
