import {createHash} from 'node:crypto';
import {crc32} from 'node:zlib';
import {ArchiveError} from '../types.ts';
import type {LayerVisitor} from './contract.ts';
import type {TarFacts} from './tar-entry.ts';
import {type ByteSink, createTarScanner} from './tar-scanner.ts';

/** What became of something that was read as a layer. */
export type LayerOutcome =
	| {readonly ok: true; readonly diffId: string; readonly tarBytes: number}
	| {readonly ok: false; readonly error: ArchiveError};

export type LayerReader = {
	readonly write: (bytes: Buffer) => void;
	/** @param error what was wrong with how it came */
	readonly end: (error?: ArchiveError) => void;
	/** Once it has ended. */
	readonly outcome: () => LayerOutcome;
};

/** Reads an uncompressed layer. What is wrong with it is its outcome: it may belong to no image. */
export const createLayerReader = (blob: string, visitor: LayerVisitor): LayerReader => {
	const hash = createHash('sha256');
	let tarBytes = 0;
	let outcome: LayerOutcome | undefined;
	let entry: TarFacts | undefined;
	let sum = 0;

	const tell = (): void => {
		if (entry === undefined) return;
		const {storedBytes, deviceSum, ...facts} = entry;
		visitor.entry({...facts, sum: entry.kind === 'file' ? sum : deviceSum});
	};
	const content: ByteSink = {
		write(bytes) {
			sum = crc32(bytes, sum);
		},
		end: tell,
	};
	const scanner = createTarScanner(blob, facts => {
		entry = facts;
		sum = 0;
		if (facts.kind === 'file') return content;
		tell();
		return undefined;
	});

	const guarded = (act: () => void): void => {
		if (outcome !== undefined) return;
		try {
			act();
		} catch (error) {
			if (!(error instanceof ArchiveError)) throw error;
			outcome = {ok: false, error};
		}
	};

	return {
		write(bytes) {
			guarded(() => {
				hash.update(bytes);
				tarBytes += bytes.length;
				scanner.write(bytes);
			});
		},
		end(error) {
			guarded(() => {
				if (error !== undefined) throw error;
				scanner.end();
				const diffId = `sha256:${hash.digest('hex')}`;
				visitor.end({diffId, tarBytes});
				outcome = {ok: true, diffId, tarBytes};
			});
		},
		outcome: () => outcome ?? {ok: false, error: new ArchiveError('damaged', `${blob}: it is cut short`)},
	};
};
