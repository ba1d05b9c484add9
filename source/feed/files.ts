import {EngineError} from '../engine/errors.ts';
import type {FileFacts} from '../engine/file-types.ts';
import type {ContainerId} from '../engine/types.ts';
import type {Demand} from '../state/demand.ts';
import type {EngineMessage} from '../state/messages.ts';
import type {FilesJob} from '../state/views/files.ts';
import type {Session} from './context.ts';
import {faultOf} from './fault.ts';
import {readHead} from './files-head.ts';
import {createFilesIndex} from './files-index.ts';

export type Files = {readonly meet: (demand: Demand) => void};

/**
 * How long a directory is read unasked. The engine holds the container meanwhile: whoever wants to stop it waits.
 */
const unaskedMs = 3000;

/** What Linux systems have in their root: looked for by name, they are on the screen before the archive tells them. */
const usualNames: readonly string[] = [
	...[
		'.dockerenv',
		'app',
		'bin',
		'boot',
		'config',
		'data',
		'dev',
		'entrypoint.sh',
		'etc',
		'home',
		'lib',
		'lib32',
	],
	...[
		'lib64',
		'libx32',
		'media',
		'mnt',
		'opt',
		'proc',
		'root',
		'run',
		'sbin',
		'srv',
		'sys',
		'tmp',
		'usr',
		'var',
	],
	...['docker-entrypoint.sh', 'docker-entrypoint.d', 'workspace'],
];

type Listing = Extract<FilesJob, {kind: 'list'}>;

/** Reads of the container's file system what the files tab shows: one thing at a time, given up when it is left. */
export const createFiles = (session: Session): Files => {
	const {engine, clock, scope} = session;
	let current = '';
	let abort = (): void => {};
	let tell = (): readonly EngineMessage[] => [];
	session.addSource('quick', () => tell());

	/** Most of a root at once: reading all of it takes as long as the image is large. */
	const listUsual = async (containerId: ContainerId, signal: AbortSignal): Promise<void> => {
		const stat = async (name: string): Promise<readonly FileFacts[]> => {
			try {
				return [{...(await engine.statPath(containerId, `/${name}`, signal)), name}];
			} catch (error) {
				if (signal.aborted || !(error instanceof EngineError) || error.kind !== 'not-found') throw error;
				return [];
			}
		};
		const entries = (await Promise.all(usualNames.map(stat))).flat();
		if (signal.aborted) return;
		const directories = [{path: '/', entries, isComplete: false}];
		session.post({
			type: 'engine/files-listed',
			containerId,
			root: '/',
			directories,
			bytes: 0,
			entryCount: 0,
		});
	};

	const list = async (containerId: ContainerId, job: Listing, signal: AbortSignal): Promise<void> => {
		const {path: root} = job;
		const index = createFilesIndex(root);
		let bytes = 0;
		let isNew = true;
		let isFirst = true;
		tell = () => {
			if (!isNew) return [];
			isNew = false;
			const directories = index.take();
			const entryCount = index.entryCount();
			return [{type: 'engine/files-listed', containerId, root, directories, bytes, entryCount}];
		};
		const onBytes = (count: number): void => {
			bytes += count;
			isNew = true;
			session.wake();
		};
		// Known by now is only what was come through.
		const known = session.getState().files?.directories.get('/')?.entries.size ?? 0;
		if (root === '/' && known <= 1) await listUsual(containerId, signal);
		for await (const {path, facts} of engine.readArchive(containerId, root, signal, onBytes)) {
			if (signal.aborted) return;
			if (isFirst && facts.kind !== 'directory') throw new EngineError('invalid', `${root} is no directory`);
			isFirst = false;
			index.add({path, facts});
		}
		if (signal.aborted) return;
		index.end();
		isNew = true;
		session.post(...tell());
		if (index.isFull()) session.post({type: 'engine/files-halted', containerId, root, status: 'full'});
	};

	const listForAWhile = async (
		containerId: ContainerId,
		job: Listing,
		signal: AbortSignal,
	): Promise<void> => {
		const {path: root} = job;
		const time = new AbortController();
		const stop = job.isPatient ? () => {} : scope.after(unaskedMs, () => time.abort());
		const either = AbortSignal.any([signal, time.signal]);
		try {
			await list(containerId, job, either);
		} catch (error) {
			if (either.aborted) return;
			const fault = faultOf(error, clock.now());
			session.post(...tell(), {type: 'engine/files-halted', containerId, root, status: 'failed', fault});
		} finally {
			stop();
			if (time.signal.aborted && !signal.aborted) {
				session.post(...tell(), {type: 'engine/files-halted', containerId, root, status: 'paused'});
			}
		}
	};

	const look = async (containerId: ContainerId, asked: string, signal: AbortSignal): Promise<void> => {
		try {
			let path = asked;
			let facts = await engine.statPath(containerId, path, signal);
			if (facts.kind === 'symlink' && facts.linkTarget !== undefined) {
				path = facts.linkTarget;
				facts = await engine.statPath(containerId, path, signal);
			}
			if (!signal.aborted) session.post({type: 'engine/files-found', containerId, asked, path, facts});
		} catch (error) {
			if (signal.aborted) return;
			session.post({type: 'engine/files-missed', containerId, asked, fault: faultOf(error, clock.now())});
		}
	};

	const read = async (
		containerId: ContainerId,
		{path, limitBytes}: Extract<FilesJob, {kind: 'content'}>,
		signal: AbortSignal,
	): Promise<void> => {
		const base = {type: 'engine/files-content', containerId, path} as const;
		try {
			const bytes = await readHead(engine.readArchive(containerId, path, signal), limitBytes);
			if (!signal.aborted) session.post({...base, bytes, isRead: true});
		} catch (error) {
			if (signal.aborted) return;
			const known = session.getState().files?.content;
			const bytes = known?.path === path ? known.bytes : new Uint8Array();
			session.post({...base, bytes, isRead: true, fault: faultOf(error, clock.now())});
		}
	};

	const start = (containerId: ContainerId, job: FilesJob): (() => void) => {
		switch (job.kind) {
			case 'look':
				return scope.start(signal => look(containerId, job.path, signal));
			case 'content':
				return scope.start(signal => read(containerId, job, signal));
			case 'list':
				return scope.start(signal => listForAWhile(containerId, job, signal));
		}
	};

	return {
		meet({files}) {
			const wanted = files?.job === undefined ? '' : JSON.stringify(files);
			if (wanted === current) return;
			current = wanted;
			abort();
			tell = () => [];
			abort = files?.job === undefined ? () => {} : start(files.containerId, files.job);
		},
	};
};
