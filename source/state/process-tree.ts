import type {ContainerProcess} from '../engine/process-types.ts';

export type TreeProcess = {
	readonly process: ContainerProcess;
	/** For each level from the top down: is it the last of its siblings? Empty for a root. */
	readonly lasts: readonly boolean[];
};

/**
 * Parents before their children, siblings by number. A process whose parent is not in the list is a root: the
 * container's first process, and those that came from outside. Numbers that go round in a circle do no harm.
 */
export const processTree = (
	processes: readonly ContainerProcess[],
	isReversed = false,
): readonly TreeProcess[] => {
	const sign = isReversed ? -1 : 1;
	const sorted = processes.toSorted((a, b) => sign * (a.pid - b.pid));
	const known = new Set(processes.map(({pid}) => pid));
	const children = Map.groupBy(sorted, ({parentPid}) => parentPid);
	const shown = new Set<ContainerProcess>();
	const rows: TreeProcess[] = [];

	const show = (root: ContainerProcess): void => {
		const waiting: TreeProcess[] = [{process: root, lasts: []}];
		for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
			if (shown.has(next.process)) continue;
			const {process, lasts} = next;
			shown.add(process);
			rows.push(next);
			const below = (children.get(process.pid) ?? []).filter(child => !shown.has(child));
			for (const [index, child] of below.toReversed().entries())
				waiting.push({process: child, lasts: [...lasts, index === 0]});
		}
	};

	for (const process of sorted) {
		const {pid, parentPid} = process;
		if (parentPid === undefined || parentPid === pid || !known.has(parentPid)) show(process);
	}
	for (const process of sorted) if (!shown.has(process)) show(process);
	return rows;
};
