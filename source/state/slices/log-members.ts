import type {Container, LogLine} from '../../engine/types.ts';
import type {ContainersState} from '../model.ts';
import {isMerged} from '../selectors/log-window.ts';
import {appended, type LogEntry} from '../views/log-buffer.ts';
import type {LogMember, LogSelection, LogsState} from '../views/logs.ts';

/** The containers whose logs are meant, as far as they are there. */
export const selectedContainers = (
	{byId}: Pick<ContainersState, 'byId'>,
	of: LogSelection,
): readonly Container[] =>
	of.kind === 'containers'
		? of.ids.flatMap(id => byId.get(id) ?? [])
		: [...byId.values()].filter(({project}) => project === of.project);

const refreshed = (member: LogMember, container: Container | undefined): LogMember => {
	if (container === undefined) return member.status === 'removed' ? member : {...member, status: 'removed'};
	const isBack = member.status === 'removed';
	if (member.name === container.name && !isBack) return member;
	return {...member, name: container.name, ...(isBack ? {status: 'opening'} : {})};
};

const statusNotes: Readonly<Partial<Record<LogMember['status'], string>>> = {
	waiting: 'does not run any more',
	removed: 'was removed; its lines stay',
};

const noteOf = (member: LogMember): string | undefined =>
	member.status === 'failed'
		? `cannot be read: ${member.fault?.message ?? 'no reason given'}`
		: statusNotes[member.status];

/** In the logs of several what becomes of one is told where it happened. */
const withNotes = (before: LogsState, logs: LogsState): LogsState => {
	if (!isMerged(logs) || before.members === logs.members || before.request !== logs.request) return logs;
	const stamp = logs.buffer.chunks.at(-1)?.at(-1)?.stamp ?? '';
	const notes = logs.members.flatMap((member, from): readonly LogEntry[] => {
		const was = before.members[from]?.status;
		const text = was === member.status || was === undefined ? undefined : noteOf(member);
		const line: LogLine | undefined =
			text === undefined ? undefined : {source: 'note', text, stamp, isPiece: false};
		return line === undefined ? [] : [{...line, from}];
	});
	return notes.length === 0 ? logs : {...logs, buffer: appended(logs.buffer, notes, logs.request.limits)};
};

const withMembers = (logs: LogsState, containers: ContainersState): LogsState => {
	const present = selectedContainers(containers, logs.request.of);
	const byId = new Map(present.map(container => [container.id, container]));
	const kept = logs.members.map(member => refreshed(member, byId.get(member.id)));
	const known = new Set(logs.members.map(({id}) => id));
	const joined = present
		.filter(({id}) => !known.has(id))
		.map(({id, name}): LogMember => ({id, name, status: 'opening'}));
	const isSame = joined.length === 0 && kept.every((member, index) => member === logs.members[index]);
	return isSame ? logs : {...logs, members: [...kept, ...joined]};
};

/** Containers may have come, gone or been renamed. @param before the view before the message */
export const settleMembers = (
	before: LogsState | undefined,
	logs: LogsState,
	containers: ContainersState,
): LogsState => {
	const next = withMembers(logs, containers);
	return before === undefined ? next : withNotes(before, next);
};
