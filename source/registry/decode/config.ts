import {list, record, text, textMap, time, truth} from '../../engine/decode/read.ts';
import type {RemoteConfig} from '../types.ts';

const imageConfigs: ReadonlySet<string> = new Set([
	'application/vnd.oci.image.config.v1+json',
	'application/vnd.docker.container.image.v1+json',
]);

export const isImageConfig = (mediaType: string): boolean => imageConfigs.has(mediaType);

/** OCI image-spec, image configuration. */
export const decodeConfig = (json: unknown): RemoteConfig => {
	const fields = record(json);
	const parts = [fields.os, fields.architecture, fields.variant].map(each => text(each)).filter(Boolean);
	const createdAt = time(fields.created);
	return {
		...(parts.length < 2 ? {} : {platform: parts.join('/')}),
		...(createdAt === undefined ? {} : {createdAt}),
		labels: textMap(record(fields.config).Labels),
		instructions: list(fields.history)
			.map(record)
			.filter(step => !truth(step.empty_layer))
			.map(step => text(step.created_by)),
	};
};
