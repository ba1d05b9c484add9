import type {Image} from '../engine/types.ts';
import {shortId} from '../format/image-name.ts';
import {repositoryOf} from '../format/repository.ts';
import type {Amount} from '../layers/sharing.ts';

/** One row for each tag of an image; one without a tag for a dangling image. */
export type TagRow = {
	readonly kind: 'tag';
	readonly image: Image;
	readonly tag?: string;
	/** Below the row of its repository. */
	readonly depth: 0 | 1;
	/** Names of the containers made from it, running or not. */
	readonly usedBy: readonly string[];
	/** What no other image has of it; absent until that is known. */
	readonly unique?: Amount;
	/** `linux/arm64/v8`; absent until it is known. */
	readonly platform?: string;
	readonly busyVerb?: string;
	readonly isMarked: boolean;
};

/** A repository of several tags, in the tree. */
export type RepositoryRow = {
	readonly kind: 'repository';
	readonly repository: string;
	/** Rows below it, folded or not. */
	readonly tagCount: number;
	/** All of its images, each layer once; absent until that is known. */
	readonly size?: Amount;
	readonly unique?: Amount;
	/** Of the newest one. */
	readonly createdAt: number;
	readonly usedBy: readonly string[];
	readonly isCollapsed: boolean;
};

export type ImageRow = TagRow | RepositoryRow;

const unnamed = '<none>';

/** `repository:tag`; of a dangling image what it is still known by: the repository of its digest, or its id. */
export const referenceText = ({image, tag}: Pick<TagRow, 'image' | 'tag'>): string => {
	if (tag !== undefined) return tag;
	const repository = repositoryOf(image.digests[0] ?? '');
	return repository === '' ? `${unnamed} ${shortId(image.id)}` : `${repository}:${unnamed}`;
};

/** `<none>` for a dangling image that nothing names. */
export const repositoryText = ({image, tag}: Pick<TagRow, 'image' | 'tag'>): string =>
	repositoryOf(tag ?? image.digests[0] ?? '') || unnamed;

/** The tag alone. */
export const tagText = (row: Pick<TagRow, 'image' | 'tag'>): string =>
	row.tag === undefined ? unnamed : row.tag.slice(repositoryText(row).length + 1);

/** The digest under which its own repository knows it, else any. */
export const digestOf = (row: Pick<TagRow, 'image' | 'tag'>): string | undefined => {
	const {digests} = row.image;
	const own = digests.find(digest => repositoryOf(digest) === repositoryText(row));
	return (own ?? digests[0])?.split('@', 2)[1];
};

export const repositoryKeyPrefix = 'repository:';

/** The key of an image's row: its id and its tag. */
export const tagKey = (id: string, tag = ''): string => `${id} ${tag}`;
