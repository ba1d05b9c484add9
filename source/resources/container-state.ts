import type {Container, ContainerState, Health} from '../engine/types.ts';
import {formatAge} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Glyphs} from '../theme/glyphs.ts';
import type {Token} from '../theme/tokens.ts';
import type {Cell, CellContext} from './column.ts';
import type {ContainerRow} from './container-row.ts';
import {statusAge} from './status-age.ts';

const healthGlyph = (health: Health, glyphs: Glyphs): string => {
	switch (health) {
		case 'none':
			return '';
		case 'healthy':
			return glyphs.healthy;
		case 'unhealthy':
			return glyphs.unhealthy;
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

/** Glyph, word, exit code, age and health of one container's state. */
export const containerStateCell = (
	container: Container,
	{glyphs, now}: Pick<CellContext, 'glyphs' | 'now'>,
): Required<Pick<Cell, 'text'>> & {readonly tone: Token} => {
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

/** Glyph, word, exit code and age of a container's state; of a group how many are up. */
export const stateCell = (row: ContainerRow, context: CellContext): Cell => {
	if (row.kind === 'group') {
		const {up, total, unhealthy} = row;
		const troubled = unhealthy === 0 ? '' : `${unhealthy} ${context.glyphs.unhealthy}`;
		const tone = unhealthy > 0 ? 'trouble' : up === 0 ? 'dim' : up === total ? 'good' : 'watch';
		return {text: words(up === total ? up : `${up}/${total}`, 'up', troubled), tone};
	}
	return row.busyVerb === undefined
		? containerStateCell(row.container, context)
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

/** Sorts what is up first. */
export const stateRank = (row: ContainerRow): number =>
	row.kind === 'group' ? (row.up > 0 ? 0 : order.exited) : order[row.container.state];
