import process from 'node:process';
import type {SearchOptions} from '../command-lines/call.ts';
import {paperOn, plainTable} from '../components/plain-table.ts';
import type {SearchResult} from '../engine/registry-types.ts';
import {sanitise} from '../format/sanitise.ts';
import {hubHost} from '../registry/accounts-port.ts';
import {authFor} from './account.ts';
import {untilLeft} from './leaving.ts';
import type {Surroundings} from './surroundings.ts';

const columns = [
	{header: 'NAME'},
	{header: 'STARS', align: 'right'},
	{header: 'OFFICIAL'},
	{header: 'DESCRIPTION'},
] as const;

const rowOf = ({name, stars, isOfficial, description}: SearchResult) => ({
	cells: [sanitise(name), String(stars), isOfficial ? 'official' : '', sanitise(description)],
});

/**
 * `gantry search`, without the dashboard.
 * @returns the exit code
 * @throws EngineError in the engine's words
 */
export const runSearch = (options: SearchOptions, surroundings: Surroundings): Promise<number> =>
	untilLeft(async signal => {
		const {seat} = surroundings;
		const {term, limit, isOfficialOnly, minStars, isJson, isWhole} = options;
		await seat.engine.ping(signal);
		// Any name there will do: whose account it is hangs on the host alone.
		const auth = await authFor(surroundings, `${hubHost}/library/search`, signal);
		const found = await seat.engine.searchImages(term, {limit, isOfficialOnly, minStars}, signal, auth);
		if (isJson) {
			process.stdout.write(`${JSON.stringify(found, undefined, 2)}\n`);
			return 0;
		}
		const paper = isWhole ? paperOn({isTTY: process.stdout.isTTY}) : paperOn(process.stdout);
		for (const line of plainTable(columns, found.map(rowOf), paper)) process.stdout.write(`${line}\n`);
		return 0;
	});
