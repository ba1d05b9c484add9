/** A process to be run inside a container, with a terminal of this size in cells. */
export type ExecOptions = {
	readonly command: readonly string[];
	/** Name or id, with a group if need be (`user:group`); absent: the container's own. */
	readonly user?: string;
	/** Absent: the container's own. */
	readonly workingDirectory?: string;
	/** `KEY=value`, on top of the container's own. */
	readonly environment?: readonly string[];
	readonly columns: number;
	readonly rows: number;
};

/** How a session inside a container ended. */
export type ExecResult = {
	readonly exitCode: number | undefined;
	/** The connection is gone, the process is not. */
	readonly isRunning: boolean;
};

/** The two ends of an interactive session: raw bytes both ways. */
export type Session = {
	/** Tells the engine the terminal's size, in cells; safe at any time after the start. */
	readonly resize: (columns: number, rows: number) => Promise<void>;
	readonly write: (data: Uint8Array | string) => void;
	readonly output: AsyncIterable<Uint8Array>;
	/** Resolves after the output ended. */
	readonly result: () => Promise<ExecResult>;
	/** Ends the session: closes the stream; the process inside may live on. */
	readonly close: () => void;
};

export type ExecSession = Session & {
	/** Ends the process, as a terminal that goes away does; within two seconds. @returns what is left of it. */
	readonly hangUp: () => Promise<Leftover | undefined>;
};

/** A process that could not be ended. */
export type Leftover = {
	/** On the engine's host; 0 when not known. */
	readonly processId: number;
};

export type AttachSession = Session & {
	readonly isTty: boolean;
	/** `kept`: there is one, and it stays untouched because leaving it would close it. */
	readonly input: 'open' | 'kept' | 'none';
};
