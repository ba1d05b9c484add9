import {type ChildProcess, fork} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {DemoOptions} from '../../source/demo/demo-engine.ts';
import type {DemoNews, DemoOrder} from './demo-process.ts';
import {type EngineApi, engineApi} from './engine-api.ts';

/** The embedded engine in a process of its own. */
export type EmbeddedStage = AsyncDisposable & {
	/** As `DOCKER_HOST` wants it. */
	readonly host: string;
	readonly api: EngineApi;
	/** Changes containers of its own accord. Resolves when all of it is told. */
	readonly storm: (order: DemoOrder) => Promise<void>;
};

const patienceMs = 60_000;

/** @throws with its errors when it ends or does not get ready. */
export async function openEmbeddedStage(
	options: Pick<DemoOptions, 'containers' | 'images' | 'eventsPerSecond'>,
	signal: AbortSignal,
): Promise<EmbeddedStage> {
	const folder = mkdtempSync(join(tmpdir(), 'gantry-bench-'));
	const socketPath = join(folder, 'docker.sock');
	const child = fork(
		join(import.meta.dirname, 'demo-process.ts'),
		[JSON.stringify({...options, socketPath})],
		// A ctrl-c in the terminal is for the measuring process, which ends this one.
		{execArgv: ['--import', 'tsx'], detached: true, stdio: ['ignore', 'ignore', 'pipe', 'ipc']},
	);
	const ended = once(child, 'exit');
	let errors = '';
	child.stderr?.setEncoding('utf8').on('data', (text: string) => {
		errors += text;
	});
	const end = async (): Promise<void> => {
		if (child.connected) child.disconnect();
		const killer = setTimeout(() => child.kill('SIGKILL'), 3000);
		await ended;
		clearTimeout(killer);
		rmSync(folder, {recursive: true, force: true});
	};
	const hears = async (news: DemoNews, withinMs: number): Promise<void> => {
		try {
			await heard(child, news, AbortSignal.any([signal, AbortSignal.timeout(withinMs)]));
		} catch {
			signal.throwIfAborted();
			throw new Error(`the embedded engine is not ${news}: ${errors.trim()}`);
		}
	};
	try {
		await hears('ready', patienceMs);
	} catch (error) {
		await end();
		throw error;
	}
	return {
		host: `unix://${socketPath}`,
		api: engineApi(socketPath),
		async storm(order) {
			child.send(order);
			await hears('done', order.seconds * 1000 + patienceMs);
		},
		[Symbol.asyncDispose]: end,
	};
}

/** Rejects when the process ends first. */
async function heard(child: ChildProcess, news: DemoNews, signal: AbortSignal): Promise<void> {
	const gone = once(child, 'exit', {signal}).then(() => Promise.reject(new Error('it has ended')));
	const told = (async () => {
		for (;;) {
			const [message]: unknown[] = await once(child, 'message', {signal});
			if (message === news) return;
		}
	})();
	await Promise.race([gone, told]);
}
