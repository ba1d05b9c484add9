import type {DemoRoute} from '../contract.ts';
import {booleanFilter, momentOf} from '../filter-values.ts';
import {filters, hasLabels} from '../http/query.ts';
import {isDangling} from './image-list.ts';
import {type Removal, removeImage} from './image-remove.ts';
import type {ImageParts} from './parts.ts';

/** `POST /images/prune`: dangling images, or with `dangling=false` all that no container uses. */
export const pruneRoute = (parts: ImageParts): DemoRoute => ({
	method: 'POST',
	path: /^\/images\/prune$/,
	handle({query}) {
		const {store, context, containersOf} = parts;
		const wanted = filters(query, ['dangling', 'until', 'label', 'label!']);
		const isAll = booleanFilter(wanted, 'dangling') === false;
		const before = Math.min(...(wanted.get('until') ?? []).map(text => momentOf(text, context.clock.now())));
		const unwanted = wanted.get('label!');
		const victims = [...store.all()].filter(
			stored =>
				(isAll || isDangling(stored)) &&
				containersOf(stored.image.id).length === 0 &&
				stored.image.createdAt < before &&
				hasLabels(stored.image.settings.labels, wanted.get('label')) &&
				(unwanted === undefined || !hasLabels(stored.image.settings.labels, unwanted)),
		);
		const bytesBefore = store.storedBytes;
		const removed: readonly Removal[] = victims.flatMap(({image}) => removeImage(parts, image.id, true));
		const reclaimed = bytesBefore - store.storedBytes;
		context.emit({Type: 'image', Action: 'prune', id: '', attributes: {reclaimed: String(reclaimed)}});
		return {
			status: 200,
			json: {ImagesDeleted: removed.length > 0 ? removed : null, SpaceReclaimed: reclaimed},
		};
	},
});
