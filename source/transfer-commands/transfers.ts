import process from 'node:process';
import {systemClock} from '../clock.ts';
import type {PullOptions, PushOptions, Telling} from '../command-lines/call.ts';
import type {ImageId} from '../engine/types.ts';
import {sanitise} from '../format/sanitise.ts';
import {remoteReference} from '../registry/reference.ts';
import type {Transfer} from '../state/model.ts';
import {authFor} from './account.ts';
import {carryOut, type Errand} from './carry-out.ts';
import {interrupted, untilLeft} from './leaving.ts';
import type {Surroundings} from './surroundings.ts';
import {tellerFor} from './tellers.ts';

const complaint = ({kind, reference, fault}: Transfer): string => {
	const {host = 'docker.io'} = remoteReference(reference) ?? {};
	const hint = fault?.kind === 'auth' ? ` (gantry login ${host})` : '';
	return `cannot ${kind} ${sanitise(reference)}: ${sanitise(fault?.message ?? 'no reason given')}${hint}`;
};

/** One after the other; what failed does not keep the next one from being tried. */
const carryOutAll = async (
	errands: readonly Errand[],
	telling: Telling,
	{complain}: Surroundings,
	signal: AbortSignal,
): Promise<number> => {
	const teller = tellerFor(telling, process, systemClock);
	let code = 0;
	for (const errand of errands) {
		const ended = await carryOut(errand, teller, systemClock, signal);
		if (ended.status === 'cancelled') return interrupted;
		if (ended.status !== 'failed') continue;
		code = 1;
		complain(complaint(ended));
	}
	return code;
};

/**
 * `gantry pull`, without the dashboard.
 * @returns the exit code
 * @throws EngineError when the engine cannot be reached
 */
export const runPull = ({pulls, telling}: PullOptions, surroundings: Surroundings): Promise<number> =>
	untilLeft(async signal => {
		const {engine} = surroundings.seat;
		await engine.ping(signal);
		const errands = pulls.map(
			({reference, choice}): Errand => ({
				requested: {reference, ...(Object.keys(choice).length > 0 && {pull: choice})},
				async *run(opened) {
					const auth = await authFor(surroundings, reference, opened);
					yield* engine.pullImage(reference, opened, {...choice, ...(auth && {auth})});
				},
			}),
		);
		return carryOutAll(errands, telling, surroundings, signal);
	});

/** A name to push, and whose it is. */
type Named = {readonly reference: string; readonly imageId: ImageId};

/** @returns the names that are meant, of a repository all that it has; or what there is not */
const wantedNames = async (
	{seat: {engine}}: Surroundings,
	{references, isAllTags}: PushOptions,
	signal: AbortSignal,
): Promise<readonly Named[] | string> => {
	const known = (await engine.listImages(signal)).flatMap(({id, tags}) =>
		tags.map(reference => ({reference, imageId: id})),
	);
	const found: Named[] = [];
	for (const name of references) {
		const own = known.filter(({reference}) =>
			isAllTags ? reference.startsWith(`${name}:`) : reference === name,
		);
		if (own.length === 0) return `no image here is called ${name}`;
		found.push(...own);
	}
	return found;
};

/**
 * `gantry push`, without the dashboard.
 * @returns the exit code
 * @throws EngineError when the engine cannot be reached
 */
export const runPush = (options: PushOptions, surroundings: Surroundings): Promise<number> =>
	untilLeft(async signal => {
		const {engine} = surroundings.seat;
		await engine.ping(signal);
		const wanted = await wantedNames(surroundings, options, signal);
		if (typeof wanted === 'string') {
			surroundings.complain(wanted);
			return 1;
		}
		const errands = wanted.map(
			({reference, imageId}): Errand => ({
				requested: {reference, job: {kind: 'push', reference, imageId}},
				async *run(opened) {
					const auth = await authFor(surroundings, reference, opened);
					yield* engine.pushImage(reference, opened, auth);
				},
			}),
		);
		return carryOutAll(errands, options.telling, surroundings, signal);
	});
