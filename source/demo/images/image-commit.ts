import type {DemoCommit} from '../contract.ts';
import {extendImage} from './extend-image.ts';
import {makeLayer} from './layer.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {demoReference, noSuchImage, referenceText} from './references.ts';

/** The layer holds a line, and nothing that would take more. */
const writtenBytes = 0;

/**
 * An image of another one and a layer over it.
 * @returns its id
 * @throws DemoError 400 for a name that is none
 */
export const commitImage = (
	{context, store}: ImageParts,
	{baseId, settings, repository, tag, createdBy}: DemoCommit,
): string => {
	const base = store.get(baseId);
	if (base === undefined) throw noSuchImage(baseId);
	const name = repository === '' ? undefined : demoReference(repository).name;
	const now = context.clock.now();
	const layer = makeLayer({'var/lib/written': new Date(now).toISOString()}, writtenBytes);
	const image = extendImage(base.image, {createdBy, comment: '', layer}, settings, now);
	store.add(image);
	if (name !== undefined) {
		const reference = referenceText({name, tag: tag === '' ? 'latest' : tag});
		store.tag(image.id, reference, now);
		const stored = store.get(image.id);
		if (stored !== undefined) emitImage(context, 'tag', stored, reference);
	}
	return image.id;
};
