import {cleanPath, trimSpace} from './go-path.ts';
import {type IgnorePattern, ignorePattern} from './ignore-pattern.ts';

/** What a directory matched, for what is in it: one flag for each pattern; absent for the context itself. */
export type ParentMatches = readonly boolean[] | undefined;

export type IgnoreMatcher = {
	/** @param parent what the directory that the path is in has matched */
	readonly match: (
		path: string,
		parent: ParentMatches,
	) => {readonly isIgnored: boolean; readonly matches: ParentMatches};
	/** Without what its parents matched: every parent is looked at. */
	readonly ignores: (path: string) => boolean;
	/** Whether an exception may be beneath an ignored directory, so that it has to be walked through all the same. */
	readonly mayHoldException: (directory: string) => boolean;
};

const matchesOrParent = (pattern: IgnorePattern, path: string): boolean => {
	if (pattern.matches(path)) return true;
	for (let slash = path.indexOf('/'); slash !== -1; slash = path.indexOf('/', slash + 1))
		if (pattern.matches(path.slice(0, slash))) return true;
	return false;
};

/**
 * Which paths of a build context are left out, exactly as moby/patternmatcher decides it: the last pattern that
 * matches counts; one that cannot change the decision is not looked at, and counts as not matched for what is below.
 * @throws IgnorePatternError for a pattern that is none
 */
export const createIgnoreMatcher = (lines: readonly string[]): IgnoreMatcher => {
	const patterns = lines
		.map(trimSpace)
		.filter(line => line !== '')
		.map(line => ignorePattern(cleanPath(line)));
	const exceptions = patterns.filter(({isException}) => isException).map(({text}) => `${text}/`);

	const match: IgnoreMatcher['match'] = (path, parent) => {
		let isIgnored = false;
		const matches = patterns.map((pattern, index) => {
			const isInherited = parent?.[index] === true;
			if (!isInherited && pattern.isException !== isIgnored) return false;
			const isMatch =
				isInherited || (parent === undefined ? matchesOrParent(pattern, path) : pattern.matches(path));
			if (isMatch) isIgnored = !pattern.isException;
			return isMatch;
		});
		return {isIgnored, matches};
	};
	return {
		match,
		ignores: path => match(path, undefined).isIgnored,
		mayHoldException: directory => exceptions.some(text => text.startsWith(`${directory}/`)),
	};
};
