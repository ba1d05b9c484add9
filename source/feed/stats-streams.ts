import type {ContainerId} from '../engine/types.ts';
import type {Session} from './context.ts';
import type {Readings} from './readings.ts';

export type StatsStreams = {
	/** Opens and closes streams until exactly these are followed. */
	readonly follow: (ids: readonly ContainerId[]) => void;
};

/** Scrolling to and fro must not close and open streams at every step. */
const graceMs = 1000;

type Stream = {readonly abort: () => void; closing?: () => void};

/** One open stream of readings per container that is looked at; a stream that broke is opened again by the next `follow`. */
export const createStatsStreams = (session: Session, readings: Readings): StatsStreams => {
	const {engine, scope} = session;
	const streams = new Map<ContainerId, Stream>();

	const read = async (id: ContainerId, signal: AbortSignal): Promise<void> => {
		try {
			for await (const counters of engine.statsStream(id, signal)) {
				if (signal.aborted) return;
				session.heard();
				readings.record(id, counters);
			}
		} catch {
			// One container's numbers: a removal ends them, anything else is tried again.
		} finally {
			if (!signal.aborted) streams.delete(id);
		}
	};

	const open = (id: ContainerId): void => {
		streams.set(id, {abort: scope.start(signal => read(id, signal))});
	};

	const closeLater = (id: ContainerId, stream: Stream): void => {
		stream.closing ??= scope.after(graceMs, () => {
			if (streams.get(id) === stream) streams.delete(id);
			stream.abort();
		});
	};

	return {
		follow(ids) {
			const wanted = new Set(ids);
			for (const [id, stream] of streams) if (!wanted.has(id)) closeLater(id, stream);
			for (const id of wanted) {
				const stream = streams.get(id);
				if (stream === undefined) {
					open(id);
					continue;
				}
				stream.closing?.();
				delete stream.closing;
			}
		},
	};
};
