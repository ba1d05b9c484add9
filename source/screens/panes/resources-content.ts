import {PANE_BORDER, type PaneContent} from '../../components/pane-lines.ts';
import {formatMemory, formatRate} from '../../format/bytes.ts';
import {cellWidth, fit} from '../../format/cells.ts';
import {graph} from '../../format/graph.ts';
import {formatPercent} from '../../format/percent.ts';
import {sanitise} from '../../format/sanitise.ts';
import {sparkline} from '../../format/sparkline.ts';
import {wrap} from '../../format/wrap.ts';
import {alarmReason} from '../../resources/alarms.ts';
import type {State} from '../../state/model.ts';
import {selectAlarms} from '../../state/selectors/alarms.ts';
import type {PaneSize} from '../../state/selectors/layout.ts';
import {cursorContainer} from '../../state/selectors/rows.ts';
import {lastSeconds} from '../../state/selectors/stats-window.ts';
import type {Channel, Point} from '../../state/views/stats.ts';
import type {Theme} from '../../theme/theme.ts';

type Meter = {
	readonly label: string;
	/** What the newest value is, in words. */
	readonly text: string;
	readonly values: readonly number[];
	/** The value at the top of the graph. */
	readonly max: number;
};

type Subject = {
	readonly title: string;
	/** Absent until something was read. */
	readonly latest: Readonly<Partial<Point>> | undefined;
	/** The last seconds, one to a cell. */
	readonly values: (channel: Channel) => readonly number[];
	readonly memoryLimitBytes: number;
};

/** The container under the cursor while it has readings, else all of them together. */
const subjectOf = (state: State, cells: number): Subject => {
	const container = cursorContainer(state);
	const history = container === undefined ? undefined : state.stats.byId.get(container.id);
	if (container !== undefined && history !== undefined) {
		return {
			title: sanitise(container.name),
			latest: history.latest,
			values: channel => lastSeconds(history.track, channel, cells, state.now),
			memoryLimitBytes: history.latest.memoryLimitBytes,
		};
	}
	return {
		title: 'all running containers',
		latest: state.stats.byId.size === 0 ? undefined : state.stats.totals.latest,
		values: channel => lastSeconds(state.stats.totals.track, channel, cells, state.now),
		memoryLimitBytes: state.engine.info?.memoryBytes ?? 0,
	};
};

const top = (values: readonly number[], least: number): number =>
	values.reduce((highest, value) => (value > highest ? value : highest), least);

const both = (left: readonly number[], right: readonly number[]): readonly number[] =>
	left.map((value, index) => value + (right[index] ?? 0));

/** Below these, a graph stays low: idle noise must not look like load. */
const leastPercent = 10;
const leastRate = 10_000;

const metersOf = ({latest = {}, values, memoryLimitBytes}: Subject, theme: Theme): readonly Meter[] => {
	const {down, up} = theme.glyphs;
	const cpu = values('cpuPercent');
	const memory = values('memoryBytes');
	const net = both(values('netReceiveRate'), values('netSendRate'));
	const block = both(values('blockReadRate'), values('blockWriteRate'));
	const rate = (value: number | undefined): string => `${formatRate(value ?? 0).padStart(4)}B/s`;
	const limit = memoryLimitBytes > 0 ? ` of ${formatMemory(memoryLimitBytes)}` : '';
	return [
		{
			label: 'CPU',
			text: `${formatPercent(latest.cpuPercent)}%`,
			values: cpu,
			max: top(cpu, leastPercent),
		},
		{
			label: 'MEM',
			text: `${formatMemory(latest.memoryBytes ?? 0)}${limit}`,
			values: memory,
			max: top(memory, 1) * 1.1,
		},
		{
			label: 'NET',
			text: `${down}${rate(latest.netReceiveRate)} ${up}${rate(latest.netSendRate)}`,
			values: net,
			max: top(net, leastRate),
		},
		{
			label: 'BLK',
			text: `r${rate(latest.blockReadRate)} w${rate(latest.blockWriteRate)}`,
			values: block,
			max: top(block, leastRate),
		},
	];
};

const meterLines = (meter: Meter, width: number, rows: number, theme: Theme): readonly string[] => {
	const {label, text, values, max} = meter;
	const head = ` ${theme.paint('title', label)} `;
	const headWidth = cellWidth(label) + 2;
	const {levels} = theme.glyphs;
	if (rows < 2) {
		const room = Math.max(0, width - headWidth - cellWidth(text) - 2);
		return [
			`${head}${theme.paint('accent', sparkline(values, room, {max, levels}))} ${fit(text, width - headWidth - room - 1)}`,
		];
	}
	return [
		`${head}${fit(text, width - headWidth)}`,
		...graph(values, width - 2, rows - 1, max, levels).map(line => ` ${theme.paint('accent', line)} `),
	];
};

/** With fewer rows the graphs need them all. */
const leastForSources = 12;

/** Who tells the numbers, for the last row. */
const sourcesText = ({stats}: State, height: number): string | undefined => {
	const {local = 0, api = 0} = stats.sources ?? {};
	if (height < leastForSources || local + api === 0) return undefined;
	const parts = [...(local > 0 ? [`cgroupfs ${local}`] : []), ...(api > 0 ? [`API ${api}`] : [])];
	return ` statistics: ${parts.join(', ')}`;
};

/** Of few rows the graphs need most. */
const leastForReasons = 6;
const mostReasonRows = 4;

/** What is wrong with the container under the cursor, and why. */
const alarmLines = (state: State, width: number, height: number, theme: Theme): readonly string[] => {
	const container = cursorContainer(state);
	const alarms = container === undefined ? [] : (selectAlarms(state).get(container.id) ?? []);
	if (height < leastForReasons) return [];
	const {unhealthy, ellipsis} = theme.glyphs;
	// The graphs below are then about all containers.
	const isNamed = container !== undefined && !state.stats.byId.has(container.id);
	const name = isNamed ? `${sanitise(container.name)} ` : '';
	return alarms
		.flatMap(alarm => {
			const rows = wrap(theme.spell(`${name}${alarmReason(alarm, state.now)}`), width - 4, 3);
			return rows.map((row, index) => ` ${index === 0 ? unhealthy : ' '} ${row}`);
		})
		.slice(0, Math.min(mostReasonRows, Math.floor(height / 2)))
		.map(row => theme.paint('trouble', fit(row, width, {ellipsis})));
};

/** Graphs of what the selected container uses, or of all together. */
export const resourcesContent = (state: State, size: PaneSize, theme: Theme): PaneContent => {
	const width = Math.max(0, size.width - PANE_BORDER);
	const height = Math.max(0, size.height - PANE_BORDER);
	const subject = subjectOf(state, width);
	const hasReadings = subject.latest !== undefined;
	const meters = metersOf(subject, theme);
	const sources = sourcesText(state, height);
	const alarms = alarmLines(state, width, height, theme);
	const room = (sources === undefined ? height : height - 1) - alarms.length;
	const rows = Math.min(6, Math.floor((height - alarms.length) / meters.length));
	const graphs = hasReadings
		? meters.flatMap((meter, index) => meterLines(meter, width, Math.min(rows, room - index * rows), theme))
		: [theme.paint('dim', fit(theme.spell(' No container runs, or no reading has come yet.'), width))];
	const blanks = Array.from({length: Math.max(0, room - graphs.length)}, () => fit('', width));
	const lines = [
		...alarms,
		...(sources === undefined ? graphs : [...graphs, ...blanks, theme.paint('dim', fit(sources, width))]),
	];
	const isStale = state.engine.connection.status === 'reconnecting';
	return {
		width: size.width,
		height: size.height,
		title: '3 Resources',
		badges: [subject.title],
		isFocused: state.ui.focus === 'resources' && state.ui.overlays.length === 0,
		lines: isStale ? lines.map(line => theme.paint('dim', line)) : lines,
		theme,
	};
};
