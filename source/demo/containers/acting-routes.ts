import {DemoError, type DemoReply, type DemoRequest, type DemoRoute} from '../contract.ts';
import {filters, flag, hasLabels, integer} from '../http/query.ts';
import {object} from '../http/read.ts';
import {checkProgram} from './check-program.ts';
import type {ContainerEvents} from './container-events.ts';
import {checkedName} from './container-names.ts';
import type {ContainerStore} from './container-store.ts';
import {type DemoContainer, isAlive} from './container-types.ts';
import type {Lifecycle} from './lifecycle.ts';
import {signalNumber} from './signals.ts';
import {updatedSpec} from './update-container.ts';

export type ActingParts = {
	readonly store: ContainerStore;
	readonly lifecycle: Lifecycle;
	readonly events: ContainerEvents;
};

/** From SIGTERM to SIGKILL when nobody says. */
const defaultGraceMs = 10_000;

const done: DemoReply = {status: 204};
const already: DemoReply = {status: 304};

/** Everything that changes a container and answers nothing, or little. */
export const actingRoutes = (parts: ActingParts): readonly DemoRoute[] => {
	const {store, lifecycle} = parts;
	const post = (
		verb: string,
		act: (container: DemoContainer, request: DemoRequest) => DemoReply | Promise<DemoReply>,
	): DemoRoute => ({
		method: 'POST',
		path: new RegExp(`^/containers/([^/]+)/${verb}$`),
		handle: (request, [reference = '']) => act(store.get(reference), request),
	});
	return [
		post('start', container => {
			if (container.status === 'running') return already;
			checkProgram(container, store, lifecycle);
			lifecycle.start(container.id);
			return done;
		}),
		post('stop', async (container, {query}) => {
			if (!isAlive(container) && container.status !== 'restarting') return already;
			await lifecycle.stop(container.id, graceMs(query));
			return done;
		}),
		post('restart', async (container, {query}) => {
			await lifecycle.restart(container.id, graceMs(query));
			return done;
		}),
		{
			method: 'POST',
			path: /^\/containers\/([^/]+)\/kill$/,
			handle({query}, [reference = '']) {
				const signal = signalNumber(query.get('signal') || 'KILL');
				prefixed(`Cannot kill container: ${reference}`, () =>
					lifecycle.kill(store.get(reference).id, signal),
				);
				return done;
			},
		},
		post('pause', ({id}) => {
			lifecycle.pause(id);
			return done;
		}),
		post('unpause', ({id}) => {
			lifecycle.unpause(id);
			return done;
		}),
		post('rename', (container, {query}) => renamed(container, query.get('name') ?? '', parts)),
		post('resize', container => {
			if (!isAlive(container)) throw new DemoError(409, `Container ${container.id} is not running`);
			return {status: 200};
		}),
		post('update', (container, request) => updated(container, request, parts)),
		{
			method: 'DELETE',
			path: /^\/containers\/([^/]+)$/,
			handle: ({query}, [reference = '']) => {
				lifecycle.remove(store.get(reference).id, flag(query, 'force'));
				return done;
			},
		},
		{method: 'POST', path: /^\/containers\/prune$/, handle: ({query}) => pruned(query, parts)},
	];
};

const graceMs = (query: URLSearchParams): number => {
	const seconds = integer(query, 't');
	return seconds === undefined ? defaultGraceMs : seconds * 1000;
};

/** What fails is told with what was being done, as the engine tells of some actions. */
const prefixed = <Result>(action: string, act: () => Result): Result => {
	try {
		return act();
	} catch (error) {
		throw error instanceof DemoError ? new DemoError(error.status, `${action}: ${error.message}`) : error;
	}
};

const renamed = (container: DemoContainer, name: string, {store, events}: ActingParts): DemoReply => {
	if (name === '') throw new DemoError(400, 'Neither old nor new names may be empty');
	if (name.replace(/^\//, '') === container.name)
		throw new DemoError(400, 'Renaming a container with the same name as its current name');
	const free = prefixed('Error when allocating new name', () => checkedName(store, name));
	const after = store.change(container.id, {name: free});
	if (after !== undefined) events.tell(after, 'rename', {oldName: `/${container.name}`});
	return done;
};

const updated = async (
	{id, spec}: DemoContainer,
	{body}: DemoRequest,
	{store, events}: ActingParts,
): Promise<DemoReply> => {
	const after = store.change(id, {spec: updatedSpec(spec, id, object(await body()))});
	if (after !== undefined) events.tell(after, 'update');
	return {status: 200, json: {Warnings: null}};
};

const pruned = (query: URLSearchParams, {store, lifecycle}: ActingParts): DemoReply => {
	const wanted = filters(query, ['label', 'until']);
	const removed = store
		.all()
		.filter(
			({status, spec}) =>
				['created', 'exited', 'dead'].includes(status) && hasLabels(spec.labels, wanted.get('label')),
		)
		.map(({id}) => id);
	for (const id of removed) lifecycle.remove(id, false);
	return {
		status: 200,
		json: {ContainersDeleted: removed.length === 0 ? null : removed, SpaceReclaimed: removed.length * 4096},
	};
};
