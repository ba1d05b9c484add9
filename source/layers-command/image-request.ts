import {accessSync, constants} from 'node:fs';
import type {LayersOptions} from '../command-lines/call.ts';
import {imageId} from '../engine/decode/ids.ts';
import type {Engine} from '../engine/engine.ts';
import {EngineError} from '../engine/errors.ts';
import {cacheFolder} from '../feed/cache-folder.ts';
import {askedLayers} from '../feed/expected-layers.ts';
import {normaliseReference} from '../format/image-name.ts';
import type {AnalysisRequest} from '../layers/analyse.ts';
import type {Seat} from '../seat.ts';
import {type PathTarget, type Target, TargetError} from './target.ts';

/** What is to be read. */
export type ImageRequest = {
	readonly request: AnalysisRequest;
	/** It comes from an engine, which is left when all is read. */
	readonly seat?: Seat;
	/** Names under which the engine has it. */
	readonly references: readonly string[];
};

type Asked = Pick<LayersOptions, 'platform' | 'reference' | 'isCached'>;

const common = ({platform, reference, isCached}: Asked): Pick<AnalysisRequest, 'choice' | 'cacheFolder'> => {
	const folder = isCached ? cacheFolder() : undefined;
	return {
		choice: {...(platform === undefined ? {} : {platform}), ...(reference === undefined ? {} : {reference})},
		...(folder === undefined ? {} : {cacheFolder: folder}),
	};
};

const pathRequest = ({kind, path, reference}: PathTarget, asked: Asked): ImageRequest => {
	try {
		accessSync(path, constants.R_OK);
	} catch {
		throw new TargetError(`${path}: no permission to read it`);
	}
	const named = {...asked, ...(asked.reference === undefined && reference !== undefined ? {reference} : {})};
	const source =
		kind === 'archive' ? ({kind: 'file', path} as const) : ({kind: 'layout', folder: path} as const);
	return {request: {source, ...common(named)}, references: []};
};

/** @returns nothing where the engine has no such image */
const engineRequest = async (
	engine: Engine,
	name: string,
	asked: Asked,
	signal: AbortSignal,
): Promise<Omit<ImageRequest, 'seat'> | undefined> => {
	await engine.ping(signal);
	try {
		const {id, tags} = await engine.inspectImage(imageId(name), signal);
		const found = imageId(id);
		return {
			request: {
				// By its id: a name without a tag would bring every tag of the repository.
				source: {kind: 'stream', open: opened => engine.saveImages([id], opened, {isLent: true})},
				// What the engine tells, and what was read before, is of its own platform.
				...(asked.platform === undefined ? askedLayers(engine, found, signal) : {}),
				...common(asked),
			},
			references: tags,
		};
	} catch (error) {
		if (error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'invalid'))
			return undefined;
		throw error;
	}
};

const unknownImage = (name: string, engine: Engine): TargetError => {
	const parsed = normaliseReference(name);
	const advice = parsed.ok ? `docker pull ${parsed.value} brings it there; ` : '';
	return new TargetError(
		`no image "${name}" at ${engine.place().address}. ${advice}an archive is meant by its path, as ./image.tar`,
	);
};

/**
 * Finds what a target is. The engine is asked only where it may be meant.
 * @throws TargetError, EngineError, EndpointError
 */
export const requestFor = async (
	target: Target,
	asked: Asked,
	openSeat: () => Promise<Seat>,
	signal: AbortSignal,
): Promise<ImageRequest> => {
	if (target.kind !== 'image' && target.kind !== 'either') return pathRequest(target, asked);
	const path = target.kind === 'either' ? target.path : undefined;
	let seat: Seat | undefined;
	try {
		seat = await openSeat();
		const found = await engineRequest(seat.engine, target.reference, asked, signal);
		if (found !== undefined) return {...found, seat};
		if (path === undefined) throw unknownImage(target.reference, seat.engine);
	} catch (error) {
		await leave(seat);
		// Without an engine that answers, the path is all that can be meant.
		if (path === undefined || !(error instanceof EngineError)) throw error;
		return pathRequest(path, asked);
	}
	await leave(seat);
	return pathRequest(path, asked);
};

/** Closes every connection to an engine. */
export const leave = async (seat: Seat | undefined): Promise<void> => {
	seat?.engine.close();
	await seat?.leave();
};
