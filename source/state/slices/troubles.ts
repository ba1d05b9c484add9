import type {Container, ContainerDetails, ContainerId, EngineEvent} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import {onlyEntries} from '../replaced.ts';
import type {Recorded, TroublesState} from '../views/troubles.ts';

const nothing: Recorded = {restarts: [], oomKills: [], isAskedToEnd: false, counted: 0};

/** Of each kind; more say nothing more. */
const kept = 30;
/** For so long after an end its inspect tells about it. */
const freshMs = 30_000;
/** Told by an event and by a counter, it is the same kill. */
const sameKillMs = 5000;
const loopRestarts = 3;

/** HUP, USR1, USR2, CONT, STOP, TSTP, URG, WINCH: sent for other reasons than to end a process. */
const harmlessSignals: ReadonlySet<string> = new Set(['1', '10', '12', '18', '19', '20', '23', '28']);

const begun = (known: Recorded): Recorded => {
	const {death: _, loopSeenAt: _seen, baseline: _baseline, ...rest} = known;
	return {...rest, restarts: [], counted: 0, baseline: 0, isAskedToEnd: false};
};

const died = (known: Recorded, {attributes}: EngineEvent, now: number): Recorded => {
	const digits = attributes.exitCode ?? attributes.containerExitCode;
	const exitCode = digits === undefined || digits === '' ? {} : {exitCode: Number(digits)};
	const death = {at: now, isExpected: known.isAskedToEnd, ...exitCode};
	return known.isAskedToEnd ? {...known, restarts: [], death, diedAt: now} : {...known, death, diedAt: now};
};

/** What follows an end that nobody asked for was the engine's doing, as its restart policy has it. */
const started = (known: Recorded, now: number): Recorded => {
	const {death, ...rest} = known;
	if (death === undefined) return {...rest, isAskedToEnd: false};
	if (death.isExpected) return begun(known);
	const {exitCode} = death;
	const restart = {at: now, ...(exitCode === undefined ? {} : {exitCode})};
	return {...rest, restarts: [...known.restarts, restart].slice(-kept), counted: known.counted + 1};
};

const withKill = (known: Recorded, at: number): Recorded =>
	known.oomKills.some(other => Math.abs(at - other) < sameKillMs)
		? known
		: {...known, oomKills: [...known.oomKills, at].slice(-kept)};

/** By the action, as Docker and Podman spell it. Podman tells a stop after the end that it has caused. */
const afterEvent = (known: Recorded, event: EngineEvent, now: number): Recorded => {
	switch (event.action) {
		case 'kill':
			return harmlessSignals.has(event.attributes.signal ?? '') ? known : {...known, isAskedToEnd: true};
		case 'die':
		case 'died':
			return died(known, event, now);
		case 'stop':
			return known.death === undefined
				? {...known, isAskedToEnd: true}
				: {...known, restarts: [], death: {...known.death, isExpected: true}};
		case 'start':
			return started(known, now);
		case 'restart':
			return begun(known);
		case 'oom':
			// The kernel's version 1 of control groups tells one kill several times.
			return withKill(known, now);
		default:
			return known;
	}
};

/**
 * The engine's own count of restarts: what no event has told is made up for, and a count that fell tells that
 * somebody has started it.
 */
const withCount = (known: Recorded, {restartCount, exitCode}: ContainerDetails, now: number): Recorded => {
	const pending = known.death !== undefined && !known.death.isExpected ? 1 : 0;
	const baseline = known.baseline ?? restartCount - known.counted - pending;
	if (known.restartCount !== undefined && restartCount < known.restartCount)
		return {...begun(known), restartCount, baseline: restartCount};
	const missing = restartCount - baseline - known.counted - pending;
	const same = {...known, restartCount, baseline};
	if (missing <= 0) return same;
	const restart = {at: now, ...(exitCode === undefined ? {} : {exitCode})};
	const restarts = [...known.restarts, ...Array.from({length: Math.min(missing, kept)}, () => restart)];
	return {...same, restarts: restarts.slice(-kept), counted: known.counted + missing};
};

const afterInspect = (
	known: Recorded,
	container: Container,
	details: ContainerDetails,
	now: number,
): Recorded => {
	const {diedAt} = known;
	const next = withCount(known, details, now);
	const isFresh = diedAt !== undefined && now - diedAt < freshMs;
	const killed = details.isOomKilled && isFresh ? withKill(next, diedAt) : next;
	const isLoop = container.state === 'restarting' && details.restartCount >= loopRestarts;
	return isLoop ? {...killed, loopSeenAt: now} : killed;
};

const isWorthKeeping = ({details, state}: Container, known: Recorded | undefined): boolean =>
	known !== undefined ||
	(details !== undefined && (details.isRestarted === true || details.isOomKilled || state === 'restarting'));

const told: ReadonlySet<string> = new Set(['kill', 'die', 'died', 'stop', 'start', 'restart', 'oom']);

const afterEvents = (state: TroublesState, events: readonly EngineEvent[], now: number): TroublesState => {
	const telling = events.filter(({type, action}) => type === 'container' && told.has(action));
	if (telling.length === 0) return state;
	const next = new Map<string, Recorded>(state);
	for (const event of telling)
		next.set(event.actorId, afterEvent(next.get(event.actorId) ?? nothing, event, now));
	return next;
};

const afterInspects = (state: TroublesState, changed: readonly Container[], now: number): TroublesState => {
	const telling = changed.filter(
		container => container.details !== undefined && isWorthKeeping(container, state.get(container.id)),
	);
	if (telling.length === 0) return state;
	const next = new Map<string, Recorded>(state);
	for (const container of telling) {
		const known = next.get(container.id) ?? nothing;
		if (container.details !== undefined)
			next.set(container.id, afterInspect(known, container, container.details, now));
	}
	return next;
};

type Samples = Extract<Message, {readonly type: 'engine/stats-sampled'}>['samples'];

/** A count that has grown tells of a kill, also where the engine has no event for it. */
const afterSamples = (state: TroublesState, samples: Samples, now: number): TroublesState => {
	const isNews = ({id, sample: {oomKills = 0}}: Samples[number]): boolean =>
		oomKills > 0 && state.get(id)?.oomCount !== oomKills;
	const telling = samples.filter(isNews);
	if (telling.length === 0) return state;
	const next = new Map<string, Recorded>(state);
	for (const {id, sample} of telling) {
		const known = next.get(id) ?? nothing;
		const hasGrown = known.oomCount !== undefined && (sample.oomKills ?? 0) > known.oomCount;
		next.set(id, {...(hasGrown ? withKill(known, now) : known), oomCount: sample.oomKills ?? 0});
	}
	return next;
};

/**
 * Keeps what alarms are made from: restarts that nobody asked for, and kills for want of memory. Times are those of
 * this machine's clock when they were told, so that an engine whose clock differs is no trouble.
 * @param now epoch ms
 */
export const reduceTroubles = (
	state: TroublesState,
	message: Message,
	containers: ReadonlyMap<ContainerId, Container>,
	now: number,
): TroublesState => {
	switch (message.type) {
		case 'engine/events-arrived':
			return afterEvents(state, message.events, now);
		case 'engine/stats-sampled':
			return afterSamples(state, message.samples, now);
		case 'engine/containers-changed':
			return onlyThere(afterInspects(state, message.changed, now), containers);
		case 'engine/containers-listed':
			return onlyThere(state, containers);
		default:
			return state;
	}
};

/** Events come a moment before what they are about is known: for a while the unknown stays. */
const onlyThere = (state: TroublesState, containers: ReadonlyMap<string, Container>): TroublesState =>
	state.size === 0 ? state : onlyEntries(state, (_, id) => containers.has(id));
