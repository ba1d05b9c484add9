import {DemoError, type DemoRoute} from '../contract.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {demoReference, referenceText} from './references.ts';

/** `POST /images/{name}/tag`. */
export const tagRoute = ({context, store}: ImageParts): DemoRoute => ({
	method: 'POST',
	path: /^\/images\/(.+)\/tag$/,
	handle({query}, [name = '']) {
		const repository = demoReference(query.get('repo') ?? '');
		const tag = query.get('tag') || repository.tag || 'latest';
		if (!/^\w[\w.-]{0,127}$/.test(tag)) throw new DemoError(400, 'invalid tag format');
		if (repository.digest !== undefined)
			throw new DemoError(400, 'refusing to create a tag with a digest reference');
		const stored = store.require(name);
		const reference = referenceText({name: repository.name, tag});
		store.tag(stored.image.id, reference, context.clock.now());
		emitImage(context, 'tag', stored, reference);
		return {status: 201};
	},
});
