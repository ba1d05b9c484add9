import {execFileSync} from 'node:child_process';
import {cpus, loadavg, release, totalmem} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';

/** What figures depend on besides the program. */
export type Machine = {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly kernel: string;
	readonly node: string;
	/** Short hash; `+` after it when files differ from it. */
	readonly commit: string;
	readonly date: string;
	/** Of the last minute, before the first measure. */
	readonly load: number;
};

export function describeMachine(): Machine {
	const [first] = cpus();
	return {
		cpu: first?.model ?? 'unknown',
		cores: cpus().length,
		memoryBytes: totalmem(),
		kernel: release(),
		node: process.versions.node,
		commit: commit(),
		date: new Date().toISOString().slice(0, 10),
		load: loadavg()[0] ?? 0,
	};
}

function commit(): string {
	try {
		const git = (...args: readonly string[]): string =>
			execFileSync('git', args, {
				cwd: join(import.meta.dirname, '../..'),
				encoding: 'utf8',
				stdio: ['ignore', 'pipe', 'ignore'],
			}).trim();
		const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
		return `${git('rev-parse', '--short', 'HEAD')}${isChanged ? '+' : ''}`;
	} catch {
		return 'unknown';
	}
}
