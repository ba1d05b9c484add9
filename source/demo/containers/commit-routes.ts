import {DemoError, type DemoImageSettings, type DemoImages, type DemoRoute} from '../contract.ts';
import {flag} from '../http/query.ts';
import {changedSettings} from './commit-changes.ts';
import type {ContainerEvents} from './container-events.ts';
import type {ContainerStore} from './container-store.ts';
import type {ContainerSpec} from './container-types.ts';
import type {Lifecycle} from './lifecycle.ts';

export type CommitParts = {
	readonly store: ContainerStore;
	readonly lifecycle: Lifecycle;
	readonly events: ContainerEvents;
	readonly images: DemoImages;
};

const settingsOf = (spec: ContainerSpec, base: DemoImageSettings): DemoImageSettings => ({
	...base,
	command: spec.command ?? base.command,
	entrypoint: spec.entrypoint ?? base.entrypoint,
	environment: spec.environment,
	workingDirectory: spec.workingDirectory,
	user: spec.user,
	exposedPorts: spec.exposedPorts,
	labels: spec.labels,
});

/** `POST /commit`. */
export const commitRoutes = ({store, lifecycle, events, images}: CommitParts): readonly DemoRoute[] => [
	{
		method: 'POST',
		path: /^\/commit$/,
		handle({query}) {
			const container = store.get(query.get('container') ?? '');
			const base = images.find(container.spec.imageId);
			if (base === undefined) throw new DemoError(404, `No such image: ${container.spec.image}`);
			const lines = query.getAll('changes').flatMap(text => text.split('\n'));
			const settings = changedSettings(settingsOf(container.spec, base), lines);
			const isFrozen = flag(query, 'pause', true) && container.status === 'running';
			if (isFrozen) lifecycle.pause(container.id);
			const comment = query.get('comment') ?? '';
			const [repository, tag] = [query.get('repo') ?? '', query.get('tag') ?? ''];
			const id = images.commit({
				baseId: base.id,
				settings,
				repository,
				tag,
				createdBy: container.spec.argv.join(' '),
			});
			events.tell(container, 'commit', {comment, imageID: id, imageRef: repository});
			if (isFrozen) lifecycle.unpause(container.id);
			return {status: 201, json: {Id: id}};
		},
	},
];
