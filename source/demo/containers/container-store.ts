import {DemoError} from '../contract.ts';
import type {DemoContainer} from './container-types.ts';

export type ContainerStore = {
	/** By id, beginning of an id, or name with or without its slash. */
	readonly find: (reference: string) => DemoContainer | undefined;
	/** @throws DemoError 404 `No such container: …` */
	readonly get: (reference: string) => DemoContainer;
	readonly named: (name: string) => DemoContainer | undefined;
	/** In the order of their creation. */
	readonly all: () => readonly DemoContainer[];
	/** Those made from an image. */
	readonly ofImage: (imageId: string) => readonly DemoContainer[];
	readonly add: (container: DemoContainer) => void;
	/** Replaces what changes; nothing when it is gone. @returns the container as it now is */
	readonly change: (id: string, patch: Partial<DemoContainer>) => DemoContainer | undefined;
	readonly remove: (id: string) => void;
	/** Called with each new version, and at last with `undefined`. @returns how to end it */
	readonly watch: (id: string, listener: (container: DemoContainer | undefined) => void) => () => void;
};

export const createContainerStore = (): ContainerStore => {
	const containers = new Map<string, DemoContainer>();
	const idsByName = new Map<string, string>();
	const idsByImage = new Map<string, Set<string>>();
	const watchers = new Map<string, Set<(container: DemoContainer | undefined) => void>>();

	const named = (name: string): DemoContainer | undefined =>
		containers.get(idsByName.get(name.replace(/^\//, '')) ?? '');

	const find = (reference: string): DemoContainer | undefined => {
		const exact = containers.get(reference) ?? named(reference);
		if (exact !== undefined || !/^[0-9a-f]{1,63}$/.test(reference)) return exact;
		for (const [id, container] of containers) if (id.startsWith(reference)) return container;
		return undefined;
	};

	const tell = (id: string): void => {
		for (const listener of watchers.get(id) ?? []) listener(containers.get(id));
	};

	return {
		find,
		get: reference => {
			const container = find(reference);
			if (container === undefined) throw new DemoError(404, `No such container: ${reference}`);
			return container;
		},
		named,
		all: () => [...containers.values()],
		ofImage: imageId => [...(idsByImage.get(imageId) ?? [])].flatMap(id => containers.get(id) ?? []),
		add: container => {
			const {id, name, spec} = container;
			containers.set(id, container);
			idsByName.set(name, id);
			idsByImage.set(spec.imageId, (idsByImage.get(spec.imageId) ?? new Set()).add(id));
		},
		change: (id, patch) => {
			const before = containers.get(id);
			if (before === undefined) return undefined;
			const after = {...before, ...patch};
			if (after.name !== before.name) {
				idsByName.delete(before.name);
				idsByName.set(after.name, id);
			}
			containers.set(id, after);
			tell(id);
			return after;
		},
		remove: id => {
			const container = containers.get(id);
			if (container === undefined) return;
			containers.delete(id);
			idsByName.delete(container.name);
			idsByImage.get(container.spec.imageId)?.delete(id);
			tell(id);
			watchers.delete(id);
		},
		watch: (id, listener) => {
			const listeners = watchers.get(id) ?? new Set();
			watchers.set(id, listeners.add(listener));
			return () => {
				listeners.delete(listener);
				if (listeners.size === 0 && watchers.get(id) === listeners) watchers.delete(id);
			};
		},
	};
};

/**
 * Resolves with the first version of a container that is as wanted, now or later; with its last version when it
 * is removed before that; with `undefined` when the signal aborts.
 */
export const untilContainer = (
	store: ContainerStore,
	id: string,
	isWanted: (container: DemoContainer) => boolean,
	signal: AbortSignal,
): Promise<DemoContainer | undefined> =>
	new Promise(resolve => {
		let last = store.find(id);
		if (last === undefined || isWanted(last) || signal.aborted) {
			resolve(signal.aborted ? undefined : last);
			return;
		}
		const end = (container: DemoContainer | undefined): void => {
			unwatch();
			signal.removeEventListener('abort', onAbort);
			resolve(container);
		};
		const onAbort = (): void => end(undefined);
		const unwatch = store.watch(id, container => {
			if (container === undefined) end(last);
			else if (isWanted(container)) end(container);
			else last = container;
		});
		signal.addEventListener('abort', onAbort, {once: true});
	});
