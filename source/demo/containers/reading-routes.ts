import type {Clock} from '../../clock.ts';
import type {DemoImages, DemoRoute} from '../contract.ts';
import {filters, flag, integer} from '../http/query.ts';
import type {ContainerStore} from './container-store.ts';
import {listFilter, listFilterNames} from './list-filter.ts';
import {wireInspect} from './wire-inspect.ts';
import {wireSummary} from './wire-summary.ts';

export type ReadingParts = {
	readonly clock: Clock;
	readonly store: ContainerStore;
	readonly images: DemoImages;
};

/** `GET /containers/json` and `GET /containers/{id}/json`. */
export const readingRoutes = ({clock, store, images}: ReadingParts): readonly DemoRoute[] => [
	{
		method: 'GET',
		path: /^\/containers\/json$/,
		handle: ({query}) => {
			const wanted = filters(query, listFilterNames);
			const limit = integer(query, 'limit') ?? 0;
			const isAll = flag(query, 'all') || limit > 0 || wanted.has('status') || wanted.has('exited');
			const matches = listFilter(wanted, store, reference => images.find(reference)?.id);
			const shown = store
				.all()
				.filter(container => (isAll || isUp(container.status)) && matches(container))
				.sort((one, other) => other.createdAt - one.createdAt);
			const now = clock.now();
			const size = flag(query, 'size') ? {SizeRw: 0, SizeRootFs: 0} : {};
			const listed = limit > 0 ? shown.slice(0, limit) : shown;
			return {status: 200, json: listed.map(container => ({...wireSummary(container, now), ...size}))};
		},
	},
	{
		method: 'GET',
		path: /^\/containers\/([^/]+)\/json$/,
		handle: (_request, [reference = '']) => {
			const container = store.get(reference);
			const image = images.find(container.spec.imageId);
			return {status: 200, json: wireInspect(container, image, clock.now())};
		},
	},
];

const isUp = (status: string): boolean =>
	status === 'running' || status === 'paused' || status === 'restarting';
