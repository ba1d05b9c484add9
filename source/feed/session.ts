import type {ConnectFacts} from '../engine/engine.ts';
import type {EngineEvent} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {EngineMessage} from '../state/messages.ts';
import {createChanges} from './changes.ts';
import {createCompare} from './compare.ts';
import type {FeedContext, OpenEngine, Session} from './context.ts';
import {createDetails} from './details.ts';
import {createDocument} from './document.ts';
import {followEvents} from './events.ts';
import {createFiles} from './files.ts';
import {createImage} from './image.ts';
import {createImageContents} from './image-contents.ts';
import {createImages, type Images} from './images.ts';
import {createInspections, type Inspections} from './inspections.ts';
import {createLayers} from './layers.ts';
import {watchLiveness} from './liveness.ts';
import type {LogMemory} from './log-follow.ts';
import {createLogs} from './logs.ts';
import {createLook} from './look.ts';
import {createMoveTarget} from './move-target.ts';
import {createOutdated} from './outdated.ts';
import {createProcesses} from './processes.ts';
import {isNoise, reactionTo} from './reconcile.ts';
import {createRegistry} from './registry.ts';
import type {Scope} from './scope.ts';
import {createSearch} from './search.ts';
import type {createSeenEvents} from './seen-events.ts';
import {createStats} from './stats.ts';

/** What outlives a connection. */
export type FeedMemory = {readonly seen: ReturnType<typeof createSeenEvents>; readonly logs: LogMemory};

export type LiveSession = {readonly session: Session; readonly meet: (demand: Demand) => void};

/** Against drift: containers are listed again this often, whatever the events said. */
const relistMs = 60_000;

/**
 * Connects, subscribes, lists (in this order, so that no change falls between) and keeps the store true from then
 * on. What breaks it goes to the owner of `scope`.
 */
export const openSession = async (
	feed: FeedContext,
	scope: Scope,
	memory: FeedMemory,
): Promise<LiveSession> => {
	const answer = Promise.withResolvers<number>();
	// What the engine says of itself takes as long as its list: it is not waited for before that is asked for.
	const describing = scope.call(signal => feed.engine.connect(signal, answer.resolve));
	const engineTime = await Promise.race([answer.promise, describing.then(facts => facts.engineTime)]);
	const {session, quietMs} = createSession(feed, scope);
	watchLiveness(session, quietMs);
	const inspections = createInspections(session);
	const images = createImages(session);

	let parts: Parts | undefined;
	const early: EngineEvent[] = [];
	const onEvent = (event: EngineEvent): void => {
		if (parts === undefined) early.push(event);
		else parts.onEvent(event);
	};
	/** Whatever it was about is looked at again. */
	const onUnreadable = (): void => {
		inspections.relist();
		images.relist();
	};
	await followEvents(session, {engineTime, seen: memory.seen, onEvent, onUnreadable});

	// Without waiting for them: the containers are what a person looks for first.
	images.list();
	const listing = scope.call(inspections.list);
	feed.asked();
	const [facts, listed] = await Promise.all([describing, listing]);
	const {openEngine} = feed;
	parts = createParts(session, {facts, inspections, images, logMemory: memory.logs, openEngine});
	session.post(
		{type: 'engine/connected', info: facts.info, place: feed.engine.place(), at: feed.clock.now()},
		listed,
	);
	feed.batch.flush();

	for (const event of early) parts.onEvent(event);
	relistRegularly(session, inspections.relist);
	return {session, meet: parts.meet};
};

const createSession = (
	{engine, clock, batch, getState, registries}: FeedContext,
	scope: Scope,
): {readonly session: Session; readonly quietMs: () => number} => {
	let heardAt = clock.now();
	const session: Session = {
		engine,
		clock,
		getState,
		registries,
		scope,
		post(...messages) {
			if (scope.isOpen()) batch.post(...messages);
		},
		wake() {
			if (scope.isOpen()) batch.wake();
		},
		addSource(pace, source) {
			scope.defer(batch.addSource(pace, source));
		},
		heard() {
			heardAt = clock.now();
		},
	};
	return {session, quietMs: () => clock.now() - heardAt};
};

type Parts = {readonly meet: (demand: Demand) => void; readonly onEvent: (event: EngineEvent) => void};

const createParts = (
	session: Session,
	{
		facts,
		inspections,
		images,
		logMemory,
		openEngine,
	}: {
		readonly facts: ConnectFacts;
		readonly inspections: Inspections;
		readonly images: Images;
		readonly logMemory: LogMemory;
		readonly openEngine: OpenEngine;
	},
): Parts => {
	const details = createDetails(inspections);
	const stats = createStats(session, inspections, facts);
	const logs = createLogs(session, logMemory);
	const document = createDocument(session);
	const image = createImage(session);
	const look = createLook(inspections, document);
	const views = [
		document,
		look,
		createProcesses(session),
		createChanges(session),
		createFiles(session),
		image,
		createImageContents(session),
		createLayers(session),
		createCompare(session),
		createRegistry(session),
		createSearch(session),
		createOutdated(session),
		createMoveTarget(session, openEngine),
	];
	let untold: EngineEvent[] = [];

	session.addSource('quick', (): readonly EngineMessage[] => {
		if (untold.length === 0) return [];
		const events = untold;
		untold = [];
		return [{type: 'engine/events-arrived', events}];
	});

	const react = (event: EngineEvent): void => {
		const reaction = reactionTo(event);
		switch (reaction.kind) {
			case 'inspect':
				if (reaction.turn === 'stopped') stats.forget(reaction.id);
				if (reaction.turn === 'started') logs.started(reaction.id);
				inspections.touch(reaction.id);
				break;
			case 'removed':
				inspections.remove(reaction.id);
				break;
			case 'list-images':
				images.relist();
				break;
			case 'nothing':
				break;
			default:
				reaction satisfies never;
		}
	};

	return {
		meet(demand: Demand) {
			details.meet(demand);
			stats.meet(demand);
			logs.meet(demand);
			for (const view of views) view.meet(demand);
		},
		onEvent(event: EngineEvent) {
			document.onEvent(event);
			if (isNoise(event)) return;
			untold.push(event);
			session.wake();
			if (event.type === 'image') image.touch(event.actorId);
			react(event);
		},
	};
};

const relistRegularly = ({scope}: Session, relist: () => void): void => {
	const again = (): void => {
		relist();
		scope.after(relistMs, again);
	};
	scope.after(relistMs, again);
};
