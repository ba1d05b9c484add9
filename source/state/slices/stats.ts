import type {Container, ContainerId, StatsSample} from '../../engine/types.ts';
import {coarseEntries, createTrack, record, type Track} from '../history/track.ts';
import type {Message} from '../messages.ts';
import {onlyEntries, replaced} from '../replaced.ts';
import {isMeasured} from '../selectors/containers.ts';
import {channels, type Point, type StatsHistory, type StatsState} from '../views/stats.ts';

/** Of so many containers each keeps less of its past: what 10,000 leave behind is bounded too. */
const many = 1000;
const coarseEntriesOfMany = 24;

const none: Point = {
	cpuPercent: 0,
	memoryBytes: 0,
	netReceiveRate: 0,
	netSendRate: 0,
	blockReadRate: 0,
	blockWriteRate: 0,
	pids: 0,
};

/** @param now epoch ms */
export const initialStats = (now: number): StatsState => ({
	byId: new Map(),
	tracks: new Map(),
	totals: {latest: none, track: createTrack(channels.length, now)},
	view: {span: 'short'},
});

/** A reading without a predecessor knows neither the share of the processor nor rates: these are gaps, no zeros. */
const valuesOf = (sample: StatsSample): readonly number[] =>
	sample.intervalMs === 0
		? channels.map(channel =>
				channel === 'memoryBytes' || channel === 'pids' ? sample[channel] : Number.NaN,
			)
		: channels.map(channel => sample[channel] ?? Number.NaN);

const sum = (histories: Iterable<StatsHistory>): Point => {
	const total: {-readonly [Key in keyof Point]: number} = {...none};
	for (const {latest} of histories) for (const channel of channels) total[channel] += latest[channel] ?? 0;
	return total;
};

/** The sums are told with each beat of the feed, whoever was read. */
const totalsMs = 1000;

const withTotals = (state: StatsState, byId: StatsState['byId'], at: number): StatsState => {
	const latest = sum(byId.values());
	const {track} = state.totals;
	record(
		track,
		channels.map(channel => latest[channel]),
		at,
		totalsMs,
	);
	return {...state, byId, totals: {latest, track}};
};

const trackFor = (state: StatsState, id: ContainerId, at: number): Track =>
	state.tracks.get(id) ??
	createTrack(channels.length, at, state.tracks.size < many ? coarseEntries : coarseEntriesOfMany);

/** Kept of one container only: there may be many cores. */
const withCores = (state: StatsState, id: ContainerId, sample: StatsSample, at: number): StatsState => {
	const {corePercents: latest} = sample;
	if (latest === undefined) return state;
	const known = state.cores?.containerId === id && state.cores.track.channels === latest.length;
	const track = known && state.cores ? state.cores.track : createTrack(latest.length, at);
	record(track, latest, at, sample.intervalMs);
	return {...state, cores: {containerId: id, latest, track}};
};

type Samples = Extract<Message, {readonly type: 'engine/stats-sampled'}>['samples'];

const sampled = (state: StatsState, samples: Samples, at: number): StatsState => {
	const byId = new Map(state.byId);
	const fresh = samples.filter(({id}) => !state.tracks.has(id));
	const tracks = fresh.length === 0 ? state.tracks : new Map(state.tracks);
	const known = {...state, tracks};
	if (tracks instanceof Map) for (const {id} of fresh) tracks.set(id, trackFor(known, id, at));
	let next: StatsState = known;
	for (const {id, sample} of samples) {
		const track = trackFor(known, id, at);
		record(track, valuesOf(sample), at, sample.intervalMs);
		byId.set(id, {latest: sample, track});
		next = withCores(next, id, sample, at);
	}
	return withTotals(next, byId, at);
};

const reduceView = (state: StatsState, message: Message): StatsState => {
	const {cursorAt, ...live} = state.view;
	switch (message.type) {
		case 'stats/span-set':
			return replaced(state, {view: replaced(state.view, {span: message.span})});
		case 'stats/cursor-set':
			if (message.at === cursorAt) return state;
			return {...state, view: message.at === undefined ? live : {...live, cursorAt: message.at}};
		case 'ui/screen-opened':
			return cursorAt === undefined ? state : {...state, view: live};
		default:
			return state;
	}
};

/**
 * Readings into histories. What is read is recorded in place (`history/track.ts`), so that a reading costs the same
 * however much is remembered; the objects around it are new.
 * @param openedId the container whose screen is open: its past stays over its removal
 */
export const reduceStats = (
	state: StatsState,
	message: Message,
	{
		containers,
		openedId,
		now,
	}: {
		readonly containers: ReadonlyMap<ContainerId, Container>;
		readonly openedId?: ContainerId | undefined;
		/** Epoch ms. */
		readonly now: number;
	},
): StatsState => {
	// A stopped container uses nothing, and its numbers must not be taken for live ones.
	const isLive = (id: ContainerId): boolean => {
		const container = containers.get(id);
		return container !== undefined && isMeasured(container);
	};
	switch (message.type) {
		case 'engine/stats-sampled': {
			const samples = message.samples.filter(({id}) => isLive(id));
			return samples.length === 0 ? state : sampled(state, samples, message.at);
		}
		case 'engine/stats-source':
			return {...state, sources: {local: message.local, api: message.api}};
		case 'engine/containers-listed':
		case 'engine/containers-changed': {
			const tracks = onlyEntries(state.tracks, (_, id) => containers.has(id) || id === openedId);
			const byId = onlyEntries(state.byId, (_, id) => isLive(id));
			const next = replaced(state, {tracks});
			if (byId === state.byId) return next;
			// With nothing left that is read nothing would tell that the sums are down.
			return byId.size === 0 ? withTotals(next, byId, now) : {...next, byId};
		}
		default:
			return reduceView(state, message);
	}
};
