import type {EngineClient} from '../engine-client.ts';
import {openAttach} from '../session/attach.ts';
import {openExec} from '../session/exec.ts';
import type {AttachSession, ExecOptions, ExecSession} from '../session-types.ts';
import type {ContainerId} from '../types.ts';

/** Of the `Engine` port: two-way sessions with processes inside containers. */
export type SessionCalls = {
	readonly exec: (id: ContainerId, options: ExecOptions, signal: AbortSignal) => Promise<ExecSession>;
	/** To the container's main process, with a terminal when it was made with one. */
	readonly attach: (id: ContainerId, signal: AbortSignal) => Promise<AttachSession>;
};

/** @param terminal `TERM` for processes started with `exec` */
export const sessionCalls = (client: EngineClient, terminal: string): SessionCalls => ({
	exec: (id, options, signal) => openExec(client, id, options, terminal, signal),
	attach: (id, signal) => openAttach(client, id, signal),
});
