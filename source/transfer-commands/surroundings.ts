import type {OpenRegistries} from '../registry/access-port.ts';
import type {Seat} from '../seat.ts';

/** What a command has beside its options. */
export type Surroundings = {
	readonly seat: Seat;
	readonly registries: OpenRegistries;
	/** One line on stderr. */
	readonly complain: (text: string) => void;
};
