import type {Container, ContainerState, Health} from '../engine/types.ts';
import {counted} from '../format/counted.ts';
import {formatAge} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {Token} from '../theme/tokens.ts';
import {type Alarm, type AlarmKind, alarmWord} from './alarms.ts';
import type {Cell, CellContext} from './column.ts';
import type {ContainerRow} from './container-row.ts';
import {statusAge} from './status-age.ts';

type GroupRow = Extract<ContainerRow, {kind: 'group'}>;

const healthGlyph = (health: Health, glyphs: Glyphs): string => {
	switch (health) {
		case 'none':
			return '';
		case 'healthy':
			return glyphs.healthy;
		case 'unhealthy':
			return `${glyphs.unhealthy}unhealthy`;
		case 'starting':
			return glyphs.starting;
		default:
			return health satisfies never;
	}
};

const runningTone = (health: Health): Token =>
	health === 'unhealthy' ? 'trouble' : health === 'starting' ? 'watch' : 'good';

/** The age since a moment; where no inspect gave one, by the engine's status text. */
const since = (at: number | undefined, {statusText}: Container, now: number): string =>
	at === undefined ? statusAge(statusText) : formatAge(now - at);

const words = (...parts: readonly (string | number | undefined)[]): string =>
	parts.filter(part => part !== undefined && part !== '').join(' ');

const exited = (container: Container, now: number): {readonly text: string; readonly tone: Token} => {
	const {details} = container;
	const code = container.exitCode ?? details?.exitCode;
	const isOom = details?.isOomKilled ?? false;
	return {
		text: words('exited', code, isOom ? 'OOM' : '', since(details?.finishedAt, container, now)),
		tone: isOom || (code !== undefined && code !== 0) ? 'trouble' : 'dim',
	};
};

type StateCell = Required<Pick<Cell, 'text'>> & {readonly tone: Token};

/** What is wrong in place of the state, or behind it; nothing where the state says it all. */
const alarmText = (
	{state, details, exitCode}: Container,
	alarms: readonly Alarm[],
	{glyphs, now, width}: Pick<CellContext, 'glyphs' | 'now'> & {readonly width: number},
): string | undefined => {
	const loop = alarms.find(alarm => alarm.kind === 'crash-loop');
	const isDown = state === 'exited' || state === 'dead';
	if (loop !== undefined) {
		const count = `${loop.restarts}${glyphs.times}${loop.withinMs === undefined ? '' : '/5m'}`;
		if (isDown) return words(glyphs.exited, 'exited', exitCode, `${glyphs.restarting}${count}`);
		const glyph = state === 'running' || state === 'paused' ? glyphs[state] : glyphs.restarting;
		const text = `${glyph} crash loop ${count}`;
		const longer = loop.exitCode === undefined ? text : `${text}, exit ${loop.exitCode}`;
		return longer.length <= width ? longer : text;
	}
	const oom = alarms.find(alarm => alarm.kind === 'oom');
	if (oom === undefined || state !== 'running') return undefined;
	const up = formatAge(now - (details?.startedAt ?? now));
	const killed = oom.at === undefined ? '' : formatAge(now - oom.at);
	return words(glyphs.running, 'up', up, `${glyphs.unhealthy}OOM`, killed);
};

/**
 * Glyph, word, exit code, age and health of one container's state, and what is wrong with it.
 * @param width cells there are for it
 */
export const containerStateCell = (
	container: Container,
	context: Pick<CellContext, 'glyphs' | 'now'>,
	alarms: readonly Alarm[] = [],
	width = 0,
): StateCell => {
	const text = alarms.length === 0 ? undefined : alarmText(container, alarms, {...context, width});
	return text === undefined ? plainStateCell(container, context) : {text, tone: 'trouble'};
};

const plainStateCell = (
	container: Container,
	{glyphs, now}: Pick<CellContext, 'glyphs' | 'now'>,
): StateCell => {
	const {state, health, details} = container;
	switch (state) {
		case 'running':
			return {
				text: words(
					glyphs.running,
					'up',
					since(details?.startedAt, container, now),
					healthGlyph(health, glyphs),
				),
				tone: runningTone(health),
			};
		case 'paused':
			return {text: words(glyphs.paused, 'paused', since(details?.startedAt, container, now)), tone: 'watch'};
		case 'restarting':
			return {
				text: words(glyphs.restarting, 'restarting', container.exitCode ?? details?.exitCode),
				tone: 'watch',
			};
		case 'exited': {
			const {text, tone} = exited(container, now);
			return {text: words(glyphs.exited, text), tone};
		}
		case 'created': {
			const hasFailed = (details?.error ?? '') !== '';
			return {
				text: words(
					glyphs.created,
					hasFailed ? 'start failed' : 'created',
					formatAge(now - container.createdAt),
				),
				tone: hasFailed ? 'trouble' : 'dim',
			};
		}
		case 'removing':
			return {text: words(glyphs.removing, 'removing'), tone: 'watch'};
		case 'dead':
			return {text: words(glyphs.dead, 'dead'), tone: 'trouble'};
		case 'unknown':
			return {text: words(glyphs.unknown, sanitise(container.statusText)), tone: 'watch'};
		default:
			return state satisfies never;
	}
};

/** What is wrong in a group: how many with what, or how many alarms of different kinds. */
const groupAlarms = ({unhealthy, alarms = []}: GroupRow): string => {
	const kinds: readonly AlarmKind[] =
		alarms.length > 0 ? alarms.map(({kind}) => kind) : Array.from({length: unhealthy}, () => 'unhealthy');
	const [first] = kinds;
	if (first === undefined) return '';
	return kinds.every(kind => kind === first)
		? `${kinds.length} ${alarmWord(first)}`
		: counted(kinds.length, 'alarm');
};

const groupCell = (row: GroupRow, {glyphs}: CellContext, width: number): Cell => {
	const {up, total} = row;
	const trouble = groupAlarms(row);
	const standing = words(up === total ? up : `${up}/${total}`, 'up');
	const whole = words(standing, trouble);
	const short = words(standing, trouble === '' ? '' : `${Number.parseInt(trouble, 10)}${glyphs.unhealthy}`);
	const tone = trouble !== '' ? 'trouble' : up === 0 ? 'dim' : up === total ? 'good' : 'watch';
	return {text: width > 0 && whole.length > width ? short : whole, tone};
};

/** Glyph, word, exit code and age of a container's state; of a group how many are up. */
export const stateCell = (row: ContainerRow, context: CellContext, width = 0): Cell => {
	if (row.kind === 'group') return groupCell(row, context, width);
	return row.busyVerb === undefined
		? containerStateCell(row.container, context, row.alarms, width)
		: {text: `${context.spinner} ${row.busyVerb}`, tone: 'info'};
};

const order: Readonly<Record<ContainerState, number>> = {
	running: 0,
	restarting: 1,
	paused: 2,
	created: 3,
	removing: 4,
	exited: 5,
	dead: 6,
	unknown: 7,
};

/** Sorts what is wrong first, then what is up. */
export const stateRank = (row: ContainerRow): number =>
	(row.alarms?.length ?? 0) > 0
		? -1
		: row.kind === 'group'
			? row.up > 0
				? 0
				: order.exited
			: order[row.container.state];
