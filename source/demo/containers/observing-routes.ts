import type {Clock} from '../../clock.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import {changedPaths} from './changed-paths.ts';
import type {ContainerEvents} from './container-events.ts';
import {type ContainerStore, untilContainer} from './container-store.ts';
import {type DemoContainer, isAlive} from './container-types.ts';
import {processTable} from './process-table.ts';

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
		handle: ({query}, [reference = '']) => {
			const container = store.get(reference);
			if (!isAlive(container)) throw new DemoError(409, `Container ${container.id} is not running`);
			events.tell(container, 'top');
			return {status: 200, json: processTable(container, query.get('ps_args') ?? '', clock.now())};
		},
	},
	{
		method: 'GET',
		path: /^\/containers\/([^/]+)\/changes$/,
		handle: (_request, [reference = '']) => ({status: 200, json: changedPaths(store.get(reference))}),
	},
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
