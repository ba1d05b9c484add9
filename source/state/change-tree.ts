import type {ChangeKind, ContainerChanges} from '../engine/types.ts';

/** How many paths, of each kind. */
export type ChangeCounts = {readonly [Kind in ChangeKind]: number};

export type ChangeNode = {
	readonly path: string;
	/** The last part of the path. */
	readonly name: string;
	/** Absent for a folder that the engine did not name: only what is below changed. */
	readonly kind?: ChangeKind;
	/** Something is mounted here. */
	readonly isMountPoint: boolean;
	/** Made for a mount, or holds nothing but such: it only looks changed. */
	readonly isByMount: boolean;
	readonly parent?: ChangeNode;
	/** In the engine's order. */
	readonly children: readonly ChangeNode[];
	/** Of all that is below; itself not among them. */
	readonly below: ChangeCounts;
};

export type ChangeTree = {
	readonly roots: readonly ChangeNode[];
	/** Parents before their children. */
	readonly nodes: readonly ChangeNode[];
	readonly byPath: ReadonlyMap<string, ChangeNode>;
	readonly total: ChangeCounts;
};

type Draft = Omit<ChangeNode, 'kind' | 'isByMount' | 'parent' | 'children' | 'below'> & {
	kind?: ChangeKind;
	isByMount: boolean;
	parent?: Draft;
	children: Draft[];
	below: Record<ChangeKind, number>;
};

const noCounts = (): Record<ChangeKind, number> => ({modified: 0, added: 0, deleted: 0});

export const countOf = ({modified, added, deleted}: ChangeCounts): number => modified + added + deleted;

/** The folder that a path is in; nothing for `/x` and for what has no slash. */
const parentPath = (path: string): string | undefined => {
	const slash = path.lastIndexOf('/');
	return slash <= 0 ? undefined : path.slice(0, slash);
};

/** The node of a path with all that it hangs on, however deep. */
const createGrower = (mountPoints: ReadonlySet<string>) => {
	const byPath = new Map<string, Draft>();
	const nodes: Draft[] = [];
	const roots: Draft[] = [];

	const grow = (path: string): Draft => {
		const missing: string[] = [];
		let at: string | undefined = path;
		while (at !== undefined && !byPath.has(at)) {
			missing.push(at);
			at = parentPath(at);
		}
		let parent = at === undefined ? undefined : byPath.get(at);
		for (const own of missing.toReversed()) {
			const isMountPoint = mountPoints.has(own);
			const node: Draft = {
				path: own,
				name: own.slice(own.lastIndexOf('/') + 1) || own,
				isMountPoint,
				isByMount: isMountPoint,
				...(parent === undefined ? {} : {parent}),
				children: [],
				below: noCounts(),
			};
			byPath.set(own, node);
			nodes.push(node);
			(parent?.children ?? roots).push(node);
			parent = node;
		}
		// The path itself is there now, whether it was before or not.
		return parent ?? grow('/');
	};

	return {grow, byPath, nodes, roots};
};

/** The changes of a container as a tree; 100,000 paths take some 150 ms. */
export const changeTree = ({changes, mountPoints}: ContainerChanges): ChangeTree => {
	const {grow, byPath, nodes, roots} = createGrower(new Set(mountPoints));
	const total = noCounts();
	for (const {path, kind} of changes) {
		const node = grow(path);
		if (node.kind !== undefined) continue;
		node.kind = kind;
		total[kind] += 1;
		for (let above = node.parent; above !== undefined; above = above.parent) above.below[kind] += 1;
	}
	for (const node of nodes.toReversed()) {
		const isOnlyPassed = node.kind !== 'deleted' && node.children.length > 0;
		if (isOnlyPassed && node.children.every(({isByMount}) => isByMount)) node.isByMount = true;
	}
	return {roots, nodes, byPath, total};
};
