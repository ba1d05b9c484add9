import type {LogLine} from '../../source/engine/types.ts';
import {defaultLogLimits} from '../../source/state/views/log-buffer.ts';
import type {LogRequest, LogsDemand} from '../../source/state/views/logs.ts';

export const stampOf = (n: number): string => `2026-01-01T00:00:00.${String(n).padStart(9, '0')}Z`;

export const lineOf = (n: number, facts: Partial<LogLine> = {}): LogLine => ({
	source: 'stdout',
	text: `line ${n}`,
	stamp: stampOf(n),
	isPiece: false,
	...facts,
});

/** A view of its own for each call. */
export const requestOf = (members: LogsDemand['members'], facts: Partial<LogRequest> = {}): LogRequest => ({
	of: {kind: 'containers', ids: members.map(({containerId}) => containerId)},
	range: 'tail',
	limits: defaultLogLimits,
	...facts,
});

export const logsDemandOf = (
	members: LogsDemand['members'],
	request = requestOf(members),
	wantsOlder = false,
): LogsDemand => ({request, members, wantsOlder});
