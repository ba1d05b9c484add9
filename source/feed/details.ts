import type {ContainerId} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {Inspections} from './inspections.ts';

/** Has each container on the screen inspected once; again only when it left the demand and came back. */
export const createDetails = (inspections: Inspections): {readonly meet: (demand: Demand) => void} => {
	let asked: ReadonlySet<ContainerId> = new Set();
	return {
		meet(demand) {
			const wanted = new Set(demand.details);
			for (const id of asked.difference(wanted)) inspections.unwant(id);
			for (const id of wanted.difference(asked)) inspections.want(id);
			asked = wanted;
		},
	};
};
