import {makeLayer} from '../images/layer.ts';
import {publicImages} from '../images/public-images.ts';
import type {WorldImage} from '../images/world-image.ts';

const nginx = 'nginx:1.27';

const security = {
	createdBy: 'RUN /bin/sh -c apt-get update && apt-get upgrade -y libssl3t64 # buildkit',
	layer: makeLayer(
		{
			'usr/lib/x86_64-linux-gnu/libcrypto.so.3': 6000,
			'usr/lib/x86_64-linux-gnu/libssl.so.3': 1100,
			'var/lib/dpkg/status': 700,
		},
		21_400_000,
	),
};

/** What registries have got since somebody has pulled here: the same tags stand for something newer there. */
export const newerImages: readonly WorldImage[] = publicImages
	.filter(({tags}) => tags.includes(nginx))
	.map(image => ({...image, ageDays: 2, steps: [...image.steps, security]}));
