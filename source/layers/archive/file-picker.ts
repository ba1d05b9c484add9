import type {TarFacts} from './tar-entry.ts';

/** An entry as it is to be given: a hard link to what is not wanted takes that file's place. */
export type PickedFile = {
	readonly path: string;
	readonly kind: TarFacts['kind'];
	readonly linkTarget: string;
	readonly facts: TarFacts;
};

/** Chooses what is wanted of a layer, in the order of its tar. */
export type FilePicker = {
	readonly pick: (facts: TarFacts) => PickedFile | undefined;
	/** Whether this one was the last that is wanted. */
	readonly isLast: (picked: PickedFile) => boolean;
	/** Wanted hard links whose file had gone by, with it. */
	readonly missed: () => ReadonlyMap<string, string>;
};

/**
 * @param wanted paths
 * @param linkTargets under which path the content of a hard link stands, as far as it is known
 */
export const createFilePicker = (
	wanted: ReadonlySet<string>,
	linkTargets: ReadonlyMap<string, string>,
): FilePicker => {
	const waiting = new Set(wanted);
	/** Path in the tar → the name that its content was given under. */
	const given = new Map<string, string>();
	const links = new Map<string, string>();
	const missed = new Map<string, string>();
	const stands = new Map<string, string>();
	for (const [link, target] of linkTargets)
		if (wanted.has(link) && !stands.has(target)) stands.set(target, link);

	let last: PickedFile | undefined;
	const noted = (picked: PickedFile): PickedFile => {
		last = picked;
		return picked;
	};
	const linked = (facts: TarFacts): PickedFile | undefined => {
		const target = links.get(facts.linkTarget) ?? facts.linkTarget;
		links.set(facts.path, target);
		if (!waiting.delete(facts.path)) return undefined;
		const name = given.get(target);
		if (name === undefined) missed.set(facts.path, target);
		return name === undefined
			? undefined
			: noted({path: facts.path, kind: 'hardlink', linkTarget: name, facts});
	};

	return {
		pick(facts) {
			const {path, kind, linkTarget} = facts;
			if (kind === 'hardlink') return linked(facts);
			const name = wanted.has(path) ? path : stands.get(path);
			if (name === undefined) return undefined;
			given.set(path, name);
			waiting.delete(name);
			return noted({path: name, kind, linkTarget, facts});
		},
		isLast: picked => waiting.size === 0 && picked === last,
		missed: () => missed,
	};
};
