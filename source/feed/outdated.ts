import type {ContainerId} from '../engine/types.ts';
import type {RegistryAccess} from '../registry/access-port.ts';
import {type RemoteReference, remoteReference} from '../registry/reference.ts';
import {securityOf} from '../registry/security.ts';
import type {Descriptor, RegistryHost} from '../registry/types.ts';
import type {Demand} from '../state/demand.ts';
import type {CheckFailure, OutdatedDemand, TagCheck, WantedTag} from '../state/views/outdated.ts';
import type {Session} from './context.ts';
import {checkTag, type Inquiry} from './tag-check.ts';

/** A registry is not to be stormed, and neither is the engine that may have to ask it. */
const atOnce = 4;

type Task =
	| {readonly kind: 'check'; readonly tag: WantedTag; readonly turn: number}
	| {readonly kind: 'name'; readonly id: ContainerId}
	| {readonly kind: 'date'; readonly digest: string; readonly reference: string};

/** With which images here it is compared: with others it has to be looked into anew. */
const printOf = ({imageIds, digests}: WantedTag): string => JSON.stringify([imageIds, digests]);

/** To an engine elsewhere a loopback is another machine than to us. */
const isOfEngine = (host: RegistryHost, address: string): boolean =>
	securityOf(host, []).isInsecure && !/^(unix|npipe):/.test(address);

/** Asks registries what the tags stand for that are looked at, each once; gives up when nobody looks any more. */
export const createOutdated = (session: Session): {readonly meet: (demand: Demand) => void} => {
	const {engine, scope, clock, getState} = session;
	const active = new Set<{abort: () => void}>();
	let queue: Task[] = [];
	let turn = 0;
	/** What was asked for in this turn. */
	const asked = new Map<string, string>();
	const named = new Set<ContainerId>();
	const dated = new Set<string>();
	const configs = new Map<string, Descriptor>();
	const limited = new Map<RegistryHost, CheckFailure>();

	const inquiry = (access: RegistryAccess, {host}: RemoteReference): Inquiry => {
		const insecure = getState().engine.info?.insecureRegistries ?? [];
		const isOurs = !isOfEngine(host, engine.place().address);
		return {
			engine,
			access,
			now: clock.now,
			...(isOurs && {client: access.client(host, securityOf(host, insecure))}),
		};
	};

	const find = async (remote: RemoteReference, tag: WantedTag, signal: AbortSignal): Promise<TagCheck> => {
		const known = limited.get(remote.host);
		if (known !== undefined) return {status: 'failed', ...known};
		try {
			const asking = inquiry(await session.registries(), remote);
			const {check, config} = await checkTag(asking, remote, tag, signal);
			if (check.status === 'failed' && check.reason === 'limited') limited.set(remote.host, check);
			if (check.status === 'found' && config !== undefined) configs.set(check.tag.digest, config);
			return check;
		} catch (error) {
			const message = error instanceof Error ? error.message : String(error);
			return {status: 'failed', reason: 'unknown', host: remote.host, message};
		}
	};

	const check = async (
		{tag, turn: of}: Extract<Task, {kind: 'check'}>,
		signal: AbortSignal,
	): Promise<void> => {
		const {reference} = tag;
		const remote = remoteReference(reference);
		if (remote === undefined) return;
		const result = await find(remote, tag, signal);
		// It may have been asked again since, with other images.
		if (signal.aborted || asked.get(reference) !== printOf(tag)) return;
		session.heard();
		session.post({type: 'outdated/checked', turn: of, reference, check: result});
	};

	const name = async (id: ContainerId, signal: AbortSignal): Promise<void> => {
		try {
			const container = await engine.inspectContainer(id, signal);
			if (container === undefined || signal.aborted) return;
			session.post({type: 'outdated/named', containerId: id, image: container.image});
		} catch {
			// Asked again with the next turn; the list tells when it is gone.
			named.delete(id);
		}
	};

	const date = async (
		{digest, reference}: Extract<Task, {kind: 'date'}>,
		signal: AbortSignal,
	): Promise<void> => {
		const remote = remoteReference(reference);
		const config = configs.get(digest);
		if (remote === undefined || config === undefined) return;
		try {
			const {client} = inquiry(await session.registries(), remote);
			const facts = await client?.config(remote.repository, config, signal);
			if (signal.aborted) return;
			session.post({type: 'outdated/dated', digest, createdAt: facts?.createdAt ?? 0});
		} catch {
			// Its age, which nobody was promised: it stays blank.
		}
	};

	const work = (task: Task, signal: AbortSignal): Promise<void> => {
		switch (task.kind) {
			case 'check':
				return check(task, signal);
			case 'name':
				return name(task.id, signal);
			case 'date':
				return date(task, signal);
		}
	};

	const kick = (): void => {
		while (active.size < atOnce && scope.isOpen()) {
			const task = queue.shift();
			if (task === undefined) return;
			const self = {abort: (): void => {}};
			active.add(self);
			self.abort = scope.start(async signal => {
				try {
					await work(task, signal);
				} finally {
					active.delete(self);
					kick();
				}
			});
		}
	};

	/** What was not answered is asked again when somebody looks again. */
	const stop = (): void => {
		queue = [];
		for (const {abort} of active) abort();
		active.clear();
		asked.clear();
		named.clear();
	};

	const enqueue = (
		{tags, unnamed, dated: wanted}: OutdatedDemand,
		known: ReadonlyMap<string, TagCheck>,
	): void => {
		for (const id of unnamed.filter(each => !named.has(each))) {
			named.add(id);
			queue.unshift({kind: 'name', id});
		}
		for (const tag of tags) {
			const print = printOf(tag);
			if (asked.get(tag.reference) === print) continue;
			const isFresh = !asked.has(tag.reference) && known.has(tag.reference);
			asked.set(tag.reference, print);
			if (!isFresh) queue.push({kind: 'check', tag, turn});
		}
		if (wanted !== undefined && !dated.has(wanted.digest)) {
			dated.add(wanted.digest);
			queue.unshift({kind: 'date', ...wanted});
		}
	};

	return {
		meet({outdated}) {
			if (outdated === undefined || outdated.turn !== turn) {
				stop();
				limited.clear();
				dated.clear();
			}
			if (outdated === undefined) return;
			turn = outdated.turn;
			enqueue(outdated, getState().outdated?.checks ?? new Map());
			kick();
		},
	};
};
