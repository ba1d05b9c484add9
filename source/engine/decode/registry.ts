import type {LoginAnswer, RemoteImage, SearchResult} from '../registry-types.ts';
import {list, number, record, text, truth} from './read.ts';

/** `POST /auth`. */
export const decodeLogin = (value: unknown): LoginAnswer => {
	const root = record(value);
	const identityToken = text(root.IdentityToken);
	return {
		status: text(root.Status) || 'Login Succeeded',
		...(identityToken !== '' && {identityToken}),
	};
};

/** `GET /images/search`. */
export const decodeSearch = (value: unknown): readonly SearchResult[] =>
	list(value).map(item => {
		const fields = record(item);
		return {
			name: text(fields.name),
			description: text(fields.description),
			stars: number(fields.star_count),
			isOfficial: truth(fields.is_official),
		};
	});

const platformText = (value: unknown): string => {
	const fields = record(value);
	return [fields.os, fields.architecture, fields.variant]
		.map(part => text(part))
		.filter(part => part !== '')
		.join('/');
};

/** `GET /distribution/{name}/json`. */
export const decodeRemoteImage = (value: unknown): RemoteImage => {
	const root = record(value);
	const descriptor = record(root.Descriptor);
	return {
		digest: text(descriptor.digest),
		mediaType: text(descriptor.mediaType),
		sizeBytes: number(descriptor.size),
		platforms: list(root.Platforms).map(platformText),
	};
};
