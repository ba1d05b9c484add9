import type {ContainerId, LogLine} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {LogRequest, LogsDemand} from '../state/views/logs.ts';
import type {Session} from './context.ts';
import {followLog, type LogFollow, type LogMemory} from './log-follow.ts';
import {createOlderLogs} from './older-logs.ts';

/** A view that is another one begins anew, connected or not; one that is only hidden goes on where it was. */
export const forgetOtherLog = (memory: LogMemory, {logs}: Demand): void => {
	if (logs !== undefined && memory.current?.request !== logs.request) delete memory.current;
};

export type Logs = {
	readonly meet: (demand: Demand) => void;
	/** A new run of the container began. */
	readonly started: (id: ContainerId) => void;
};

type View = {readonly request: LogRequest; readonly follows: Map<ContainerId, LogFollow>};

/** Follows the logs that the screen shows. */
export const createLogs = (session: Session, memory: LogMemory): Logs => {
	let view: View | undefined;
	let untold = new Map<ContainerId, LogLine[]>();
	const older = createOlderLogs(session);

	const gather = (): readonly EngineMessage[] => {
		if (view === undefined || untold.size === 0) return [];
		const parts = [...untold].map(([containerId, lines]) => ({containerId, lines}));
		untold = new Map();
		return [{type: 'engine/logs-appended', request: view.request, parts}];
	};
	session.addSource('quick', gather);

	const tell = (id: ContainerId, lines: readonly LogLine[]): void => {
		if (lines.length === 0) return;
		const waiting = untold.get(id);
		if (waiting === undefined) untold.set(id, [...lines]);
		else for (const line of lines) waiting.push(line);
		session.wake();
	};

	const close = (): void => {
		for (const follow of view?.follows.values() ?? []) follow.stop();
		// What was read and not told would be taken for seen.
		session.post(...gather());
		view = undefined;
		untold = new Map();
		older.stop();
	};

	const cursorsOf = (request: LogRequest) => {
		if (memory.current?.request !== request) memory.current = {request, cursors: new Map()};
		return memory.current.cursors;
	};

	const meetMembers = ({follows, request}: View, {members}: LogsDemand): void => {
		const wanted = new Map(members.map(({containerId, isRunning}) => [containerId, isRunning]));
		for (const [id, follow] of follows) {
			if (wanted.has(id)) continue;
			follow.stop();
			follows.delete(id);
		}
		for (const [containerId, isRunning] of wanted) {
			const known = follows.get(containerId);
			if (known !== undefined) {
				known.turn(isRunning);
				continue;
			}
			const following = {containerId, request, isRunning, memberCount: members.length};
			const settle = (): void => session.post(...gather());
			const follow = followLog(session, {...following, cursors: cursorsOf(request), tell, settle});
			follows.set(containerId, follow);
		}
	};

	return {
		meet({logs}) {
			if (view !== undefined && view.request !== logs?.request) close();
			if (logs === undefined) return;
			view ??= {request: logs.request, follows: new Map()};
			meetMembers(view, logs);
			if (logs.wantsOlder) older.load(logs);
		},
		started(id) {
			view?.follows.get(id)?.started();
		},
	};
};
