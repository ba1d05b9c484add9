import {maskEntries, maskNamed, maskText} from '../../format/secrets.ts';
import {layerFacts} from '../tree/layer-facts.ts';
import {emptyStack} from '../tree/stack.ts';
import type {ImageConfig, ImageLayer, ImageTree} from '../types.ts';
import {layerEntryExport, timeText} from './export-entries.ts';
import {exportedPath} from './exported-path.ts';
import type {ImageReport} from './image-report.ts';
import {pathReader} from './path-texts.ts';

/** Goes up when a field changes its meaning or goes; new fields may come any time. */
const exportVersion = 1;

/** Pieces this long are worth a write. */
const pieceLength = 64 * 1024;

/** Values that look secret are masked: an export is made to be passed on. */
const exportedConfig = (config: ImageConfig): object => {
	const {history: _, diffIds: __, createdAt, env, labels, ...rest} = config;
	return {
		...rest,
		createdAt: timeText(createdAt),
		env: maskEntries(env),
		labels: Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, maskNamed(name, value)])),
	};
};

/** The steps with the layer that each made. */
const exportedHistory = ({history}: ImageConfig): readonly object[] => {
	let layer = -1;
	return history.map(({createdBy, comment, createdAt, isEmpty}) => {
		if (!isEmpty) layer += 1;
		return {
			createdBy: maskText(createdBy),
			comment,
			createdAt: timeText(createdAt),
			isEmpty,
			...(isEmpty ? {} : {layer}),
		};
	});
};

const exportedLayer = (tree: ImageTree, layer: ImageLayer): object => {
	const {index, diffId, createdBy, comment, createdAt, tarBytes, absence, entries} = layer;
	const facts = layerFacts(tree)[index];
	return {
		index,
		diffId,
		createdBy: maskText(createdBy),
		comment,
		createdAt: timeText(createdAt),
		tarBytes,
		absence,
		...(entries === undefined ? {} : facts),
	};
};

/** A list of what has a path, each on a line of its own. */
const withPaths = (items: readonly {readonly path: string}[]): readonly object[] =>
	items.map(({path, ...rest}) => ({...exportedPath(path), ...rest}));

const list = function* (items: Iterable<object>): Generator<string, void, undefined> {
	yield '[';
	let isFirst = true;
	for (const item of items) {
		yield `${isFirst ? '\n' : ',\n'}${JSON.stringify(item)}`;
		isFirst = false;
	}
	yield isFirst ? ']' : '\n]';
};

/** A layer's entries in an order that does not depend on what was read before. */
const byPath = ({paths}: ImageTree, {entries}: ImageLayer): Int32Array => {
	const texts = Array.from(entries?.nodes ?? [], pathReader(paths));
	const order = Int32Array.from(texts, (_, entry) => entry);
	return order.sort((a, b) => ((texts[a] ?? '') < (texts[b] ?? '') ? -1 : 1));
};

const layers = function* (tree: ImageTree, hasFiles: boolean): Generator<string, void, undefined> {
	const stack = emptyStack(tree.paths.count);
	yield '[';
	for (const layer of tree.layers) {
		yield layer.index === 0 ? '\n' : ',\n';
		const text = JSON.stringify(exportedLayer(tree, layer));
		const entryOf = hasFiles ? layerEntryExport(tree, stack, layer.index) : undefined;
		if (entryOf === undefined) {
			yield text;
			continue;
		}
		yield `${text.slice(0, -1)},"entries":`;
		yield* list(byPath(tree, layer).values().map(entryOf));
		yield '}';
	}
	yield '\n]';
};

const pieces = function* (
	{target, identity, tree, waste, isBaseExcluded, dive, secrets, rules}: ImageReport,
	hasFiles: boolean,
): Generator<string, void, undefined> {
	yield `{\n"version":${exportVersion},\n"image":${JSON.stringify({target, ...identity})}`;
	if (tree.config !== undefined) {
		yield `,\n"config":${JSON.stringify(exportedConfig(tree.config))}`;
		yield ',\n"history":';
		yield* list(exportedHistory(tree.config));
	}
	yield ',\n"layers":';
	yield* layers(tree, hasFiles);
	const {items, ...figures} = waste;
	yield `,\n"waste":${JSON.stringify({...figures, isBaseExcluded}).slice(0, -1)},"items":`;
	yield* list(withPaths(items));
	yield '}';
	if (dive !== undefined) {
		const {items: files, ...rest} = dive;
		yield `,\n"dive":${JSON.stringify(rest).slice(0, -1)},"items":`;
		yield* list(withPaths(files));
		yield '}';
	}
	yield ',\n"secrets":{"hidden":';
	yield* list(withPaths(secrets.hidden));
	yield ',"shown":';
	yield* list(withPaths(secrets.shown));
	yield `,"settings":${JSON.stringify(secrets.settings)}}`;
	if (rules !== undefined) yield `,\n"rules":${JSON.stringify(rules)}`;
	yield '\n}\n';
};

/**
 * The whole analysis as JSON, in pieces, so that half a million entries never stand in memory at once. The shape, of
 * version 1 (docs/layers.md explains it; times are ISO 8601, sizes bytes, layers by index, 0 is the lowest):
 *
 *     {version, image: {target, references, platform, configDigest, manifestDigest?},
 *      config: {os, architecture, variant?, env, entrypoint?, command?, user, workingDirectory, exposedPorts, …},
 *      history: [{createdBy, comment, createdAt?, isEmpty, layer?}],
 *      layers: [{index, diffId, createdBy, comment, createdAt?, tarBytes?, contentBytes, cumulativeBytes, files,
 *                directories, added, modified, removed, absence?,
 *                entries?: [{path, pathBase64?, change, kind, bytes?, mode, uid, gid, modifiedAt, linkTarget?,
 *                            linkTargetBase64?, isOpaque?}]}],
 *      waste: {efficiency, wastedBytes, storedBytes, userBytes, userWastedBytes, userWastedShare, baseLayers,
 *              isBaseExcluded, items: [{path, pathBase64?, layers, hiddenBy, bytes, copies, reason}]},
 *      dive?: {efficiency, wastedBytes, userBytes, wastedUserPercent, items: [{path, pathBase64?, layers, bytes}]},
 *      secrets: {hidden: [{path, pathBase64?, rule, title, layer, bytes, hiddenBy, way}], shown: […],
 *                settings: [{place, name, step?, layer?}]},
 *      rules?: [{rule, status, words}]}
 *
 * A path that is no UTF-8 has U+FFFD in `path`, and all its bytes in `pathBase64`.
 * @param hasFiles the entries of each layer too
 */
export function* exportJson(
	report: ImageReport,
	{hasFiles = false}: {readonly hasFiles?: boolean} = {},
): Generator<string, void, undefined> {
	let waiting = '';
	for (const piece of pieces(report, hasFiles)) {
		waiting += piece;
		if (waiting.length < pieceLength) continue;
		yield waiting;
		waiting = '';
	}
	yield waiting;
}
