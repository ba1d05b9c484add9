import type {Clock} from '../../clock.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import type {ContainerEvents} from './container-events.ts';
import {type ContainerStore, untilContainer} from './container-store.ts';
import {type DemoContainer, isAlive} from './container-types.ts';
import {processesOf} from './shell-host-of.ts';

export type ObservingParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly events: ContainerEvents;
};

/** `wait`, `top` and `changes`. */
export const observingRoutes = ({clock, store, events}: ObservingParts): readonly DemoRoute[] => [
	{
		method: 'POST',
		path: /^\/containers\/([^/]+)\/wait$/,
		handle: ({query, signal}, [reference = '']) => {
			const container = store.get(reference);
			const isOver = waitCondition(query.get('condition') ?? 'not-running', container);
			// From now on, not from the first read: the client starts the container as soon as it has the headers.
			const ended = untilContainer(store, container.id, isOver, signal);
			return {status: 200, contentType: 'application/json', stream: exitStatus(ended)};
		},
	},
	{
		method: 'GET',
		path: /^\/containers\/([^/]+)\/top$/,
		handle: (_request, [reference = '']) => {
			const container = store.get(reference);
			if (!isAlive(container)) throw new DemoError(409, `Container ${container.id} is not running`);
			events.tell(container, 'top');
			return {status: 200, json: processTable(container, clock.now())};
		},
	},
	{
		method: 'GET',
		path: /^\/containers\/([^/]+)\/changes$/,
		handle: (_request, [reference = '']) => {
			const {startedAt} = store.get(reference);
			return {status: 200, json: startedAt === undefined ? null : changes};
		},
	},
];

/** Kind 0 is changed, 1 added, 2 deleted. */
const changes = [
	{Path: '/run', Kind: 0},
	{Path: '/run/app.pid', Kind: 1},
	{Path: '/tmp', Kind: 0},
	{Path: '/tmp/cache', Kind: 1},
];

/** A condition that removal alone fulfils is never true of a container. */
const waitCondition = (name: string, before: DemoContainer): ((container: DemoContainer) => boolean) => {
	switch (name) {
		case '':
		case 'not-running':
			return ({status}) => status === 'created' || status === 'exited' || status === 'dead';
		case 'next-exit':
			return ({exits}) => exits > before.exits;
		case 'removed':
			return () => false;
		default:
			throw new DemoError(400, `invalid condition: "${name}"`);
	}
};

async function* exitStatus(
	ended: Promise<DemoContainer | undefined>,
): AsyncGenerator<string, void, undefined> {
	const container = await ended;
	if (container !== undefined) yield `${JSON.stringify({StatusCode: container.exitCode})}\n`;
}

const processTable = (container: DemoContainer, now: number): object => {
	const {pid, startedAt = now, spec} = container;
	const started = new Date(startedAt).toISOString().slice(11, 16);
	const user = spec.user === '' ? 'root' : spec.user;
	return {
		Processes: processesOf(container).map((command, index) => [
			user,
			String(pid + index),
			String(index === 0 ? pid - 1 : pid),
			'0',
			started,
			spec.isTty ? 'pts/0' : '?',
			'00:00:00',
			command,
		]),
		Titles: ['UID', 'PID', 'PPID', 'C', 'STIME', 'TTY', 'TIME', 'CMD'],
	};
};
