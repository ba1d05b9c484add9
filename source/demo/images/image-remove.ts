import {shortId} from '../../format/image-name.ts';
import {DemoError, type DemoRoute} from '../contract.ts';
import {flag} from '../http/query.ts';
import type {StoredImage} from './image-store.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {repositoryOf} from './references.ts';

/** What went: a name, or an image or layer. */
export type Removal = {readonly Untagged: string} | {readonly Deleted: string};

/** `DELETE /images/{name}`. */
export const removeRoute = (parts: ImageParts): DemoRoute => ({
	method: 'DELETE',
	path: /^\/images\/(.+)$/,
	handle: ({query}, [reference = '']) => ({
		status: 200,
		json: removeImage(parts, reference, flag(query, 'force')),
	}),
});

/**
 * Takes a name away, and the image with its last one; with `isForced`, the image although it has several names
 * or stopped containers. Follows `ImageDelete` of the engine (moby, daemon/images/image_delete.go).
 * @throws DemoError 404, or 409 for an image in use
 */
export const removeImage = (parts: ImageParts, reference: string, isForced: boolean): readonly Removal[] => {
	const stored = parts.store.require(reference);
	const name = parts.store.nameOf(reference);
	if (name !== undefined) {
		refuseLastNameInUse(parts, stored, reference, isForced);
		return removeName(parts, stored, name, isForced);
	}
	refuseInUse(parts, stored, isForced);
	return [...untag(parts, stored, namesOf(stored)), ...deleteImage(parts, stored)];
};

const removeName = (
	parts: ImageParts,
	stored: StoredImage,
	name: string,
	isForced: boolean,
): readonly Removal[] => {
	const repository = repositoryOf(name);
	const hasOther = stored.tags.some(tag => tag !== name && repositoryOf(tag) === repository);
	// The digests of a repository go with its last tag.
	const alongside = hasOther
		? []
		: stored.digests.filter(digest => digest !== name && repositoryOf(digest) === repository);
	const untagged = untag(parts, stored, [name, ...alongside]);
	const isKept = namesOf(stored).length > untagged.length || whyInUse(parts, stored, isForced) !== undefined;
	return isKept ? untagged : [...untagged, ...deleteImage(parts, stored)];
};

const refuseLastNameInUse = (
	{containersOf}: ImageParts,
	stored: StoredImage,
	reference: string,
	isForced: boolean,
): void => {
	const [user] = containersOf(stored.image.id);
	if (isForced || user === undefined || !hasOneName(stored)) return;
	throw new DemoError(
		409,
		`conflict: unable to remove repository reference "${reference}" (must force) - container ${shortId(user.id)} is using its referenced image ${shortId(stored.image.id)}`,
	);
};

const refuseInUse = (parts: ImageParts, stored: StoredImage, isForced: boolean): void => {
	const reason =
		whyInUse(parts, stored, true) ??
		(isForced || hasOneName(stored)
			? whyInUse(parts, stored, isForced)
			: '(must be forced) - image is referenced in multiple repositories');
	if (reason !== undefined)
		throw new DemoError(409, `conflict: unable to delete ${shortId(stored.image.id)} ${reason}`);
};

/** Which container keeps an image; a stopped one does not when removal is forced. */
const whyInUse = (
	{containersOf}: ImageParts,
	{image}: StoredImage,
	isForced: boolean,
): string | undefined => {
	const users = containersOf(image.id);
	const running = users.find(user => user.isRunning);
	if (running !== undefined)
		return `(cannot be forced) - image is being used by running container ${shortId(running.id)}`;
	const [stopped] = isForced ? [] : users;
	return stopped && `(must be forced) - image is being used by stopped container ${shortId(stopped.id)}`;
};

const namesOf = ({tags, digests}: StoredImage): readonly string[] => [...tags, ...digests];

/** No name, one tag, or one tag and digests of the same repository. */
const hasOneName = ({tags, digests}: StoredImage): boolean =>
	tags.length <= 1 && new Set([...tags, ...digests].map(repositoryOf)).size <= 1;

const untag = (parts: ImageParts, stored: StoredImage, names: readonly string[]): readonly Removal[] =>
	names.map(name => {
		parts.store.untag(name);
		emitImage(parts.context, 'untag', stored, stored.image.id);
		return {Untagged: name};
	});

/** @returns the image and the layers that no other image stands on, topmost first, by their chain ids */
const deleteImage = (parts: ImageParts, stored: StoredImage): readonly Removal[] => {
	const free = stored.image.layers.filter(layer => parts.store.usersOf(layer.chainId) === 1);
	parts.store.remove(stored.image.id);
	emitImage(parts.context, 'delete', stored, stored.image.id);
	return [stored.image.id, ...free.reverse().map(layer => layer.chainId)].map(Deleted => ({Deleted}));
};
