import type {State} from '../state/model.ts';
import {findMatcher, logIndex, patternOf} from '../state/selectors/log-index.ts';
import {isMerged} from '../state/selectors/log-window.ts';
import type {LogMember, LogRange, LogsState} from '../state/views/logs.ts';

const rangeWords: Readonly<Record<LogRange, string>> = {
	tail: '',
	'1m': 'last 1m',
	'5m': 'last 5m',
	'15m': 'last 15m',
	'1h': 'last 1h',
	'24h': 'last 24h',
	all: 'all',
};

const memberWords: Readonly<Record<LogMember['status'], string>> = {
	opening: 'opening',
	following: 'following',
	waiting: 'ended: the container does not run',
	failed: 'failed',
	removed: 'removed: what was read stays',
};

const summaryWords: Readonly<Record<LogMember['status'], string>> = {
	...memberWords,
	waiting: 'ended',
	removed: 'removed',
};

const statusOrder: readonly LogMember['status'][] = ['following', 'opening', 'failed', 'waiting', 'removed'];

/** How the streams are: of one container in words, of several by number. */
const statusWords = (logs: LogsState): string => {
	if (!logs.isFollowing) return 'paused: f follows';
	const [only] = logs.members;
	if (!isMerged(logs)) return only === undefined ? memberWords.removed : memberWords[only.status];
	const count = (status: LogMember['status']): number =>
		logs.members.filter(member => member.status === status).length;
	return statusOrder
		.filter(status => count(status) > 0)
		.map(status => `${count(status)} ${summaryWords[status]}`)
		.join(', ');
};

const olderWords = ({older, buffer, request}: LogsState): string => {
	switch (older) {
		case 'wanted':
			return 'loading older lines';
		case 'failed':
			return 'older lines cannot be read';
		case 'full':
			return `no room for older lines: --log-lines is ${request.limits.lines}`;
		case 'start':
			return buffer.dropped > 0 ? '' : 'from its first line';
		case 'idle':
			return '';
	}
};

const queryWords = (id: 'logs.find' | 'logs.filter', state: State, logs: LogsState): readonly string[] => {
	const text = state.ui.queries[id] ?? '';
	if (text === '') return [];
	const mark = id === 'logs.find' ? '/' : 'F ';
	const pattern = patternOf(text);
	if (!pattern.ok) return [`${mark}${text}: ${pattern.reason}`];
	if (id === 'logs.filter') return [`${mark}${text}`];
	const matcher = findMatcher(text, state.ui.queries['logs.filter'] ?? '');
	if (matcher === undefined) return [];
	const index = logIndex(logs.buffer, matcher);
	const at = logs.found === undefined ? 0 : index.positionOf(logs.found) + 1;
	return [`${mark}${text} ${Math.min(at, index.count)}/${index.count}`];
};

/** What stands in the border of a log: how many lines, what is looked for, how its streams are. */
export const logBadges = (state: State, logs: LogsState, shown: number): readonly string[] => {
	const {buffer, request} = logs;
	const isFiltered = shown !== buffer.count;
	const count = isFiltered ? `${shown} of ${buffer.count} lines` : `${buffer.count} lines`;
	return [
		...queryWords('logs.find', state, logs),
		...queryWords('logs.filter', state, logs),
		count,
		rangeWords[request.range],
		statusWords(logs),
		olderWords(logs),
		buffer.dropped > 0 ? `${buffer.dropped} older lines let go` : '',
	].filter(words => words !== '');
};

const whatToDo: Readonly<Partial<Record<string, string>>> = {
	unsupported:
		'Its log driver (docker run --log-driver) keeps nothing that the engine can read back: look where it sends them.',
	'not-found': 'The container is gone.',
	unreachable: 'The engine does not answer; the log goes on when it does.',
};

/** What is said where lines would be, when there are none. */
export const emptyWords = (logs: LogsState, isFiltered: boolean): readonly string[] => {
	const failed = logs.members.find(({status}) => status === 'failed');
	if (logs.buffer.count > 0) return isFiltered ? ['No line passes the filter. esc clears it.'] : [];
	if (failed?.fault !== undefined) {
		const next = whatToDo[failed.fault.kind];
		return [`The log cannot be read: ${failed.fault.message}`, ...(next === undefined ? [] : [next])];
	}
	if (logs.members.some(({status}) => status === 'opening')) return ['Opening the log …'];
	if (logs.members.length === 0) return ['No container is there whose log could be read.'];
	if (logs.request.range === 'tail' || logs.request.range === 'all') return ['It has written nothing yet.'];
	return [`Nothing in the ${rangeWords[logs.request.range]}. 0 shows the last lines there are.`];
};
