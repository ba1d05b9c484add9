import {decodeContainerFacts} from '../engine/decode/container-facts.ts';
import type {EngineEvent} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';
import {createReload} from './reload.ts';

type Wanted = NonNullable<Demand['document']>;

export type Document = {
	readonly meet: (demand: Demand) => void;
	readonly onEvent: (event: EngineEvent) => void;
	/** It was changed: reads it again when it is the one that is read. */
	readonly touch: (objectId: string) => void;
};

const quietMs = 150;

/** Its end, after which there is nothing to inspect; and the two of each health probe that come before its result. */
const silent: ReadonlySet<string> = new Set([
	'destroy',
	'remove',
	'delete',
	'exec_create',
	'exec_start',
	'exec',
]);

/** Joining or leaving a network names the container by an attribute only. */
const isAbout = ({type, action, actorId, attributes}: EngineEvent, {objectKind, objectId}: Wanted): boolean =>
	(type === objectKind && actorId === objectId && !silent.has(action)) ||
	(type === 'network' && objectKind === 'container' && attributes.container === objectId);

/** Fetches the JSON that the screen shows, again after every event about its object. */
export const createDocument = (session: Session): Document => {
	const {engine, clock, scope} = session;
	let wanted: Wanted | undefined;
	let abort = (): void => {};

	const load = async ({objectKind, objectId}: Wanted, signal: AbortSignal): Promise<void> => {
		try {
			const value = await engine.inspectRaw(objectKind, objectId, signal);
			if (signal.aborted) return;
			const facts = objectKind === 'container' ? {facts: decodeContainerFacts(value)} : {};
			session.post({type: 'engine/document-loaded', objectId, value, ...facts});
		} catch (error) {
			if (signal.aborted) return;
			session.post({type: 'engine/document-failed', objectId, fault: faultOf(error, clock.now())});
		}
	};

	const fetch = (): void => {
		abort();
		const current = wanted;
		if (current !== undefined) abort = scope.start(signal => load(current, signal));
	};

	const reload = createReload(session, quietMs, async () => {
		fetch();
	});

	return {
		meet({document}) {
			if (document?.objectId === wanted?.objectId && document?.objectKind === wanted?.objectKind) return;
			wanted = document;
			fetch();
		},
		touch(objectId) {
			if (wanted?.objectId === objectId) reload.ask();
		},
		onEvent(event) {
			if (wanted !== undefined && isAbout(event, wanted)) reload.ask();
		},
	};
};
