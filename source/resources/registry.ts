import {build} from './build.ts';
import {changes} from './changes.ts';
import {compare} from './compare.ts';
import {containers} from './containers.ts';
import {events} from './events.ts';
import {files} from './files.ts';
import {history} from './history.ts';
import {images} from './images.ts';
import {inspect} from './inspect.ts';
import {layerFiles} from './layer-files.ts';
import {layers} from './layers.ts';
import {manifest} from './manifest.ts';
import {outdated} from './outdated.ts';
import {processes} from './processes.ts';
import {registries} from './registries.ts';
import {repositories} from './repositories.ts';
import type {ListId} from './resource.ts';
import {search} from './search.ts';
import {tags} from './tags.ts';
import {transferLayers} from './transfer-layers.ts';
import {transfers} from './transfers.ts';
import {waste} from './waste.ts';

/** Every list by its id. */
export const resources = {
	containers,
	images,
	events,
	transfers,
	processes,
	inspect,
	changes,
	files,
	layers,
	layerFiles,
	waste,
	history,
	compare,
	build,
	registries,
	repositories,
	tags,
	manifest,
	search,
	outdated,
	transferLayers,
} as const satisfies {readonly [Id in ListId]: {readonly id: Id}};
