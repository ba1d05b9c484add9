import type {Blueprint} from '../engine/blueprint/types.ts';
import {isAborted} from '../engine/errors.ts';
import type {ContainerId} from '../engine/types.ts';
import {openProof, type Proof} from './recreate-proof.ts';
import {wordsOf} from './toasts.ts';
import type {CommandContext} from './types.ts';

export type Recreated = {
	readonly id: ContainerId;
	/** What the person should know although it worked. */
	readonly warnings: readonly string[];
};

export type RecreateOptions = {
	/** The old one stays, stopped, under its other name. */
	readonly keepsOld: boolean;
	/** The old one goes only when the new one has turned out well; when it has not, the old one is put back. */
	readonly isProven: boolean;
};

/** A step failed. The message says at which, and what stands where now. */
class RecreateProblem extends Error {
	override readonly name = 'RecreateProblem';
}

/** How far it went. */
type Progress = {
	made?: ContainerId;
	isStopped: boolean;
	isRenamed: boolean;
};

export const asideName = ({name, id}: {readonly name: string; readonly id: string}, word: 'old' | 'new') =>
	`${name}-${word}-${id.slice(0, 12)}`;

const wasUp = ({state}: Blueprint): boolean =>
	state === 'running' || state === 'paused' || state === 'restarting';

const bringUp = async (
	{engine, signal}: CommandContext,
	{state}: Blueprint,
	id: ContainerId,
): Promise<void> => {
	await engine.startContainer(id, signal);
	if (state === 'paused') await engine.pauseContainer(id, signal);
};

/** Puts everything back as it was. @returns what could not be put back, each with the reason */
const takeBack = async (
	context: CommandContext,
	blueprint: Blueprint,
	{made, isStopped, isRenamed}: Progress,
): Promise<readonly string[]> => {
	const {engine, signal} = context;
	const {id, name} = blueprint;
	const left: string[] = [];
	const attempt = async (what: string, act: () => Promise<void>): Promise<void> => {
		try {
			await act();
		} catch (error) {
			left.push(`cannot ${what}: ${wordsOf(error)}`);
		}
	};
	// The name is free for the old one only when the new one is gone.
	if (made !== undefined)
		await attempt(`remove the new one (${made.slice(0, 12)})`, async () =>
			engine.removeContainer(made, {force: true, volumes: false}, signal),
		);
	if (isRenamed)
		await attempt(`give ${asideName(blueprint, 'old')} its name back`, async () =>
			engine.renameContainer(id, name, signal),
		);
	if (isStopped) await attempt('start the old one again', async () => bringUp(context, blueprint, id));
	return left;
};

/**
 * Makes a container anew by its blueprint. The next one is created beside the old one before that is touched, so that
 * a setting or an image that cannot be had costs nothing; from the stop to the start nothing runs. When a step fails,
 * everything before it is taken back.
 * @throws RecreateProblem
 */
export const recreateOne = async (
	context: CommandContext,
	blueprint: Blueprint,
	{keepsOld, isProven}: RecreateOptions,
): Promise<Recreated> => {
	const {engine, signal} = context;
	const {id, name} = blueprint;
	const progress: Progress = {isStopped: false, isRenamed: false};
	let step = 'cannot create the new one';
	let proof: Proof | undefined;
	try {
		const next = await engine.createAgain(blueprint, asideName(blueprint, 'new'), signal);
		progress.made = next.id;
		if (wasUp(blueprint)) {
			step = 'cannot stop the old one';
			// Before the answer: a stop that broke off may have been done all the same.
			progress.isStopped = true;
			await engine.stopContainer(id, signal);
		}
		step = `cannot rename the old one to ${asideName(blueprint, 'old')}`;
		await engine.renameContainer(id, asideName(blueprint, 'old'), signal);
		progress.isRenamed = true;
		step = 'cannot give the new one its name';
		await engine.renameContainer(next.id, name, signal);
		step = 'cannot start the new one';
		if (isProven && wasUp(blueprint)) proof = openProof(context, next.id);
		if (wasUp(blueprint)) await bringUp(context, blueprint, next.id);
		step = 'the new one did not turn out well';
		const doubt = await proof?.doubt();
		const warnings = await parting(context, blueprint, keepsOld, doubt);
		return {id: next.id, warnings: [...next.warnings, ...warnings]};
	} catch (error) {
		proof?.drop();
		if (isAborted(error) && signal.aborted) throw error;
		const left = await takeBack(context, blueprint, progress);
		// First what stands now: a long reason may be cut.
		const outcome = left.length === 0 ? 'it is as it was' : `not all was put back: ${left.join('; ')}`;
		throw new RecreateProblem(`${outcome}; ${step}: ${wordsOf(error)}`, {cause: error});
	}
};

const parting = async (
	context: CommandContext,
	blueprint: Blueprint,
	keepsOld: boolean,
	doubt: string | undefined,
): Promise<readonly string[]> => {
	if (doubt !== undefined) {
		const kept = `${asideName(blueprint, 'old')} was kept`;
		return [`Whether the new ${blueprint.name} is well is not known: ${doubt}; ${kept}`];
	}
	return keepsOld ? [] : removeOld(context, blueprint);
};

const removeOld = async (
	{engine, signal}: CommandContext,
	blueprint: Blueprint,
): Promise<readonly string[]> => {
	try {
		await engine.removeContainer(blueprint.id, {force: false, volumes: false}, signal);
		return [];
	} catch (error) {
		return [
			`${blueprint.name} was made anew, but ${asideName(blueprint, 'old')} cannot be removed: ${wordsOf(error)}`,
		];
	}
};
