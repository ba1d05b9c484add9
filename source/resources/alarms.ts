import type {Container} from '../engine/types.ts';
import {formatMemory} from '../format/bytes.ts';
import {formatAge} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';

/** What a person should know of a container without opening anything. */
export type Alarm =
	| {
			readonly kind: 'crash-loop';
			readonly restarts: number;
			/** Within so long; absent: since somebody last started it. */
			readonly withinMs?: number;
			readonly exitCode?: number;
	  }
	| {
			readonly kind: 'oom';
			/** Epoch ms of the last kill; absent when it cannot be told. */
			readonly at?: number;
			/** Kills that were seen, 1 at least. */
			readonly kills: number;
			readonly limitBytes: number;
	  }
	| {
			readonly kind: 'unhealthy';
			/** Of the last probe. */
			readonly exitCode?: number;
			readonly output: string;
	  };

export type AlarmKind = Alarm['kind'];

export type Restart = {
	/** When it was told here, epoch ms: engines' clocks differ. */
	readonly at: number;
	readonly exitCode?: number;
};

/** What was seen to happen to a container, as far as alarms are about it. */
export type Troubles = {
	/** By the engine, after an end that nobody had asked for; since somebody last started it. */
	readonly restarts: readonly Restart[];
	/** When the kernel killed something in it. */
	readonly oomKills: readonly number[];
	/** When it was found in the middle of many restarts. */
	readonly loopSeenAt?: number;
};

const crashLoopWindowMs = 5 * 60_000;
const crashLoopRestarts = 3;
/** A container that runs again is marked for so long after a kill. */
const oomStaysMs = 15 * 60_000;
/** What a kill has brought down is old news after so long. */
const oomDownMs = 24 * 3_600_000;

const crashLoop = (
	{state, details}: Container,
	{restarts, loopSeenAt}: Troubles,
	now: number,
): readonly Alarm[] => {
	if (details?.isRestarted !== true) return [];
	if (state === 'created' || state === 'removing') return [];
	const recent = restarts.filter(({at}) => at > now - crashLoopWindowMs);
	const exitCode = recent.at(-1)?.exitCode ?? details?.exitCode;
	const code = exitCode === undefined ? {} : {exitCode};
	if (recent.length >= crashLoopRestarts)
		return [{kind: 'crash-loop', restarts: recent.length, withinMs: crashLoopWindowMs, ...code}];
	const count = details?.restartCount ?? 0;
	const isSeen = loopSeenAt !== undefined && loopSeenAt > now - crashLoopWindowMs;
	const isLooping = count >= crashLoopRestarts && (state === 'restarting' || (isSeen && state === 'running'));
	return isLooping ? [{kind: 'crash-loop', restarts: count, ...code}] : [];
};

const outOfMemory = ({state, details}: Container, {oomKills}: Troubles, now: number): readonly Alarm[] => {
	const isUp = state === 'running' || state === 'paused' || state === 'restarting';
	const recent = oomKills.filter(at => at > now - oomStaysMs);
	const limitBytes = details?.memoryLimitBytes ?? 0;
	const last = recent.at(-1);
	if (last !== undefined) return [{kind: 'oom', at: last, kills: recent.length, limitBytes}];
	if (details?.isOomKilled !== true) return [];
	const {finishedAt} = details;
	if (finishedAt === undefined) return isUp ? [] : [{kind: 'oom', kills: 1, limitBytes}];
	const staysMs = isUp ? oomStaysMs : oomDownMs;
	return now - finishedAt < staysMs ? [{kind: 'oom', at: finishedAt, kills: 1, limitBytes}] : [];
};

const unhealthy = ({state, health, details}: Container): readonly Alarm[] => {
	if (health !== 'unhealthy' || (state !== 'running' && state !== 'paused')) return [];
	const probe = details?.healthLog.findLast(({exitCode}) => exitCode !== 0) ?? details?.healthLog.at(-1);
	return [
		{
			kind: 'unhealthy',
			output: probe?.output ?? '',
			...(probe === undefined ? {} : {exitCode: probe.exitCode}),
		},
	];
};

const noTroubles: Troubles = {restarts: [], oomKills: []};

/**
 * What is wrong with a container, the worst first; pure.
 * - crash loop: the engine has started it again three times within five minutes, of itself. What a person starts or
 *   restarts does not count, and ends it.
 * - OOM: the kernel killed a process of it; for 15 minutes where it runs again, for a day where it does not.
 * - unhealthy: its probes say so.
 * @param now epoch ms
 */
export const alarmsOf = (
	container: Container,
	troubles: Troubles | undefined = noTroubles,
	now: number,
): readonly Alarm[] => [
	...crashLoop(container, troubles, now),
	...outOfMemory(container, troubles, now),
	...unhealthy(container),
];

/** One or two words, for sums: `2 unhealthy`. */
export const alarmWord = (kind: AlarmKind): string => {
	switch (kind) {
		case 'crash-loop':
			return 'crash loop';
		case 'oom':
			return 'OOM';
		case 'unhealthy':
			return 'unhealthy';
		default:
			return kind satisfies never;
	}
};

const minutes = (ms: number): number => Math.round(ms / 60_000);

/** Why, in a sentence of one line, sanitised. @param now epoch ms */
export const alarmReason = (alarm: Alarm, now: number): string => {
	switch (alarm.kind) {
		case 'crash-loop': {
			const {restarts, withinMs, exitCode} = alarm;
			const within = withinMs === undefined ? '' : ` in ${minutes(withinMs)} min`;
			const code = exitCode === undefined ? '' : `, last exit ${exitCode}`;
			return `crash loop: restarted ${restarts} times${within}${code}`;
		}
		case 'oom': {
			const {at, kills, limitBytes} = alarm;
			const age = at === undefined ? '' : ` ${formatAge(now - at)} ago`;
			const often = kills > 1 ? `, ${kills} times in ${minutes(oomStaysMs)} min` : '';
			const limit =
				limitBytes > 0 ? `, its limit is ${formatMemory(limitBytes)}` : ', the host was out of memory';
			return `OOM: killed by the kernel${age}${often}${limit}`;
		}
		case 'unhealthy': {
			const {exitCode, output} = alarm;
			const text = sanitise(output.trim().replaceAll(/\s+/g, ' '));
			const code = exitCode === undefined ? '' : ` exit ${exitCode}`;
			return `unhealthy: probe${code}${text === '' ? '' : `: ${text}`}`;
		}
		default:
			return alarm satisfies never;
	}
};
