import type {Engine} from './engine/engine.ts';

/** Of the terminal, in cells; never less than one. */
export const sizeOf = ({columns, rows}: {readonly columns: number; readonly rows: number}) => ({
	columns: Math.max(1, columns),
	rows: Math.max(1, rows),
});

/** An engine at hand, and what must be done when it is left. */
export type Seat = {
	readonly engine: Engine;
	/** The embedded one: nothing on it is real. */
	readonly isDemo: boolean;
	/** Where registries are asked that are as invented as the engine; absent: those of the world. */
	readonly registrySocket?: string;
	readonly leave: () => Promise<void>;
};
