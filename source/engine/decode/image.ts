import type {Image} from '../types.ts';
import {answeredList} from './answer.ts';
import {imageId} from './ids.ts';
import {number, optionalNumber, text, textMap, texts} from './read.ts';

/** `GET /images/json`. Engines before API 1.43 name a dangling image `<none>:<none>`, later ones not at all. */
export const decodeImageList = (value: unknown): readonly Image[] =>
	answeredList(value, 'image list')
		.filter(entry => text(entry.Id) !== '')
		.map(entry => {
			const shared = optionalNumber(entry.SharedSize) ?? -1;
			return {
				id: imageId(text(entry.Id)),
				tags: texts(entry.RepoTags).filter(tag => tag !== '<none>:<none>'),
				digests: texts(entry.RepoDigests).filter(digest => !digest.startsWith('<none>@')),
				createdAt: number(entry.Created) * 1000,
				sizeBytes: number(entry.Size),
				...(shared < 0 ? {} : {sharedBytes: shared}),
				labels: textMap(entry.Labels),
			};
		});
