import type {DemoRoute} from '../contract.ts';
import {booleanFilter, globOf, momentOf} from '../filter-values.ts';
import {type Filters, filters, flag, hasLabels} from '../http/query.ts';
import type {StoredImage} from './image-store.ts';
import type {ImageParts} from './parts.ts';
import {repositoryOf} from './references.ts';
import {newestFirst, summaryOf} from './usage.ts';

/** `GET /images/json`. */
export const listRoute = (parts: ImageParts): DemoRoute => ({
	method: 'GET',
	path: /^\/images\/json$/,
	handle({query, apiMinor}) {
		const wanted = filters(query, ['dangling', 'label', 'before', 'since', 'until', 'reference']);
		const images = newestFirst([...parts.store.all()].filter(filterOf(parts, wanted)));
		const options = {apiMinor, isSharedAsked: flag(query, 'shared-size')};
		return {status: 200, json: images.map(stored => summaryOf(parts, stored, options))};
	},
});

const filterOf = ({store, context}: ImageParts, wanted: Filters): ((stored: StoredImage) => boolean) => {
	const dangling = booleanFilter(wanted, 'dangling');
	const references = wanted.get('reference')?.map(globOf);
	const createdAtOf = (name: string) => store.require(name).image.createdAt;
	const now = context.clock.now();
	const before = Math.min(
		...(wanted.get('before') ?? []).map(createdAtOf),
		...(wanted.get('until') ?? []).map(text => momentOf(text, now)),
	);
	const since = Math.max(...(wanted.get('since') ?? []).map(createdAtOf));
	return stored =>
		(dangling === undefined || dangling === isDangling(stored)) &&
		hasLabels(stored.image.settings.labels, wanted.get('label')) &&
		stored.image.createdAt < before &&
		stored.image.createdAt > since &&
		(references === undefined || references.some(matches => isCalled(stored, matches)));
};

export const isDangling = ({tags, digests}: StoredImage): boolean => tags.length + digests.length === 0;

const isCalled = ({tags, digests}: StoredImage, matches: (text: string) => boolean): boolean =>
	[...tags, ...digests].some(name => matches(name) || matches(repositoryOf(name)));
