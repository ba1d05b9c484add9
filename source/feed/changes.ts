import type {ContainerId} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';
import {createPump} from './pump.ts';

export type Changes = {readonly meet: (demand: Demand) => void};

/** Sizes asked for at the same time. */
const describedAtOnce = 4;

type Wanted = NonNullable<Demand['changes']>;

const isSameLoad = (left: Wanted | undefined, right: Wanted | undefined): boolean =>
	left?.containerId === right?.containerId &&
	left?.isUp === right?.isUp &&
	left?.refreshCount === right?.refreshCount;

/** Loads what the container changed, again when it starts or stops or the reader wants it, and the sizes of what is shown. */
export const createChanges = (session: Session): Changes => {
	const {engine, clock, scope} = session;
	let wanted: Wanted | undefined;
	let abort = (): void => {};
	/** Since the last load. */
	let asked = new Set<string>();

	const load = async (containerId: ContainerId, signal: AbortSignal): Promise<void> => {
		session.post({type: 'changes/asked', containerId});
		try {
			const changes = await engine.containerChanges(containerId, signal);
			if (signal.aborted) return;
			session.heard();
			asked = new Set();
			session.post({type: 'changes/loaded', containerId, changes, at: clock.now()});
		} catch (error) {
			if (signal.aborted) return;
			session.post({type: 'changes/failed', containerId, fault: faultOf(error, clock.now())});
		}
	};

	const next = (): {readonly containerId: ContainerId; readonly path: string} | undefined => {
		const path = wanted?.undescribed.find(each => !asked.has(each));
		if (wanted === undefined || path === undefined) return undefined;
		asked.add(path);
		return {containerId: wanted.containerId, path};
	};

	const describe = async (
		{containerId, path}: {readonly containerId: ContainerId; readonly path: string},
		signal: AbortSignal,
	): Promise<void> => {
		const generation = asked;
		try {
			const file = await engine.statPath(containerId, path, signal);
			if (signal.aborted || generation !== asked) return;
			session.post({type: 'changes/described', containerId, path, file});
		} catch {
			// The size of one file, which nobody was promised: it stays blank.
			if (!signal.aborted && generation === asked)
				session.post({type: 'changes/described', containerId, path, file: undefined});
		}
	};

	const pump = createPump(scope, describedAtOnce, next, describe);

	return {
		meet({changes}) {
			const isLoading = !isSameLoad(changes, wanted);
			if (changes?.containerId !== wanted?.containerId) asked = new Set();
			wanted = changes;
			if (isLoading) {
				abort();
				if (changes !== undefined) abort = scope.start(signal => load(changes.containerId, signal));
			}
			pump.kick();
		},
	};
};
