import type {Container, ContainerId, StatsSample} from '../../engine/types.ts';
import type {Message} from '../messages.ts';
import {historyLength, type Series, type StatsHistory, type StatsState} from '../model.ts';
import {onlyEntries} from '../replaced.ts';
import {isMeasured} from '../selectors/containers.ts';

export const emptySeries: Series = {
	cpuPercent: [],
	memoryBytes: [],
	netReceiveRate: [],
	netSendRate: [],
	blockReadRate: [],
	blockWriteRate: [],
};

type Point = {readonly [Key in keyof Series]: number};

const pointOf = (sample: StatsSample): Point => ({
	// A first reading has no predecessor: its share of the processor is not known yet, and drawn as none.
	cpuPercent: sample.cpuPercent ?? Number.NaN,
	memoryBytes: sample.memoryBytes,
	netReceiveRate: sample.netReceiveRate,
	netSendRate: sample.netSendRate,
	blockReadRate: sample.blockReadRate,
	blockWriteRate: sample.blockWriteRate,
});

const appended = (values: readonly number[], value: number): readonly number[] =>
	values.length < historyLength ? [...values, value] : [...values.slice(1 - historyLength), value];

const grown = (series: Series, point: Point): Series => ({
	cpuPercent: appended(series.cpuPercent, point.cpuPercent),
	memoryBytes: appended(series.memoryBytes, point.memoryBytes),
	netReceiveRate: appended(series.netReceiveRate, point.netReceiveRate),
	netSendRate: appended(series.netSendRate, point.netSendRate),
	blockReadRate: appended(series.blockReadRate, point.blockReadRate),
	blockWriteRate: appended(series.blockWriteRate, point.blockWriteRate),
});

const sum = (histories: Iterable<StatsHistory>): Point => {
	const total = {
		cpuPercent: 0,
		memoryBytes: 0,
		netReceiveRate: 0,
		netSendRate: 0,
		blockReadRate: 0,
		blockWriteRate: 0,
	};
	for (const {latest} of histories) {
		total.cpuPercent += latest.cpuPercent ?? 0;
		total.memoryBytes += latest.memoryBytes;
		total.netReceiveRate += latest.netReceiveRate;
		total.netSendRate += latest.netSendRate;
		total.blockReadRate += latest.blockReadRate;
		total.blockWriteRate += latest.blockWriteRate;
	}
	return total;
};

export const reduceStats = (
	state: StatsState,
	message: Message,
	containers: ReadonlyMap<ContainerId, Container>,
): StatsState => {
	// A stopped container uses nothing, and its numbers must not be taken for live ones.
	const isLive = (id: ContainerId): boolean => {
		const container = containers.get(id);
		return container !== undefined && isMeasured(container);
	};
	switch (message.type) {
		case 'engine/stats-sampled': {
			const samples = message.samples.filter(({id}) => isLive(id));
			if (samples.length === 0) return state;
			const byId = new Map(state.byId);
			for (const {id, sample} of samples) {
				const series = byId.get(id)?.series ?? emptySeries;
				byId.set(id, {latest: sample, series: grown(series, pointOf(sample))});
			}
			return {...state, byId, totals: grown(state.totals, sum(byId.values()))};
		}
		case 'engine/stats-source':
			return {...state, sources: {local: message.local, api: message.api}};
		case 'engine/containers-listed':
		case 'engine/containers-changed': {
			const byId = onlyEntries(state.byId, (_, id) => isLive(id));
			if (byId === state.byId) return state;
			// With nothing left that is read nothing would tell that the sums are down.
			return {...state, byId, totals: byId.size === 0 ? grown(state.totals, sum([])) : state.totals};
		}
		default:
			return state;
	}
};
