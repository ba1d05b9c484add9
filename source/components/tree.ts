import type {Glyphs} from '../theme/glyphs.ts';

/**
 * The lines before a node of a tree, two cells a level.
 * @param lasts for each level from the top down to the node: is it the last of its siblings?
 */
export const treePrefix = (lasts: readonly boolean[], {tree}: Glyphs): string =>
	lasts
		.map((isLast, level) =>
			level === lasts.length - 1 ? `${isLast ? tree.last : tree.branch} ` : `${isLast ? ' ' : tree.line} `,
		)
		.join('');
