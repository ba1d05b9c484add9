import type {Demand} from '../state/demand.ts';
import type {Document} from './document.ts';
import type {Inspections} from './inspections.ts';

/** Looks at containers again that were changed without an event, as one that does not run joins a network. */
export const createLook = (
	inspections: Inspections,
	document: Document,
): {readonly meet: (demand: Demand) => void} => {
	let met = 0;
	return {
		meet({look}) {
			if (look === undefined || look.count === met) return;
			met = look.count;
			for (const id of look.ids) {
				inspections.touch(id);
				document.touch(id);
			}
		},
	};
};
