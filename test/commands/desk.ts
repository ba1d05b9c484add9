import assert from 'node:assert/strict';
import {commands} from '../../source/commands/registry.ts';
import {createRunner, type Runner} from '../../source/commands/run.ts';
import {createSecretVault} from '../../source/commands/secret-vault.ts';
import type {Command, RawTerminal} from '../../source/commands/types.ts';
import {keyPresses} from '../../source/keys/canonical.ts';
import {buildKeymap} from '../../source/keys/keymap.ts';
import {resolve, resolveEdit} from '../../source/keys/resolve.ts';
import type {OpenRegistries} from '../../source/registry/access-port.ts';
import {noRegistries} from '../../source/registry/no-registries.ts';
import type {Message} from '../../source/state/messages.ts';
import type {State} from '../../source/state/model.ts';
import type {Overlay} from '../../source/state/overlays.ts';
import {reduce} from '../../source/state/reduce.ts';
import {createStore, type Store} from '../../source/state/store.ts';
import {createFakeClock, type FakeClock} from '../helpers/clock.ts';
import {createFakeEngine, type FakeEngine} from '../helpers/fake-engine.ts';
import {inkKey} from '../keys/ink-key.ts';
import {type World, worldOf} from '../state/world.ts';

/** The commands between a real store and an engine in memory. No feed: what the engine does is not seen here. */
export type Desk = {
	readonly store: Store;
	readonly engine: FakeEngine;
	readonly clock: FakeClock;
	readonly runner: Runner;
	readonly state: () => State;
	readonly tell: (...messages: readonly Message[]) => void;
	/** Presses keys by the names of the keymap; a text in several characters is typed. */
	readonly press: (...keys: readonly string[]) => Promise<void>;
	readonly type: (text: string) => Promise<void>;
	readonly paste: (text: string) => void;
	/** Every message so far but for readings and ticks, which are many and tell nothing of what was done. */
	readonly messages: readonly Message[];
	/** The dialog on top. @throws when it is of another kind. */
	readonly top: <Kind extends Overlay['kind']>(kind: Kind) => Extract<Overlay, {kind: Kind}>;
	readonly toasts: () => readonly string[];
	readonly copied: readonly string[];
	readonly hasQuit: () => boolean;
	/** Engines that were asked for. */
	readonly opened: readonly string[];
	readonly leave: () => void;
};

export const {keymap, clashes} = buildKeymap(commands);

/** What changes something on the engine. */
export const mutating = [
	'startContainer',
	'stopContainer',
	'restartContainer',
	'pauseContainer',
	'unpauseContainer',
	'killContainer',
	'renameContainer',
	'removeContainer',
	'pruneContainers',
	'createContainer',
	'updateContainer',
	'commitContainer',
	'createAgain',
	'createLike',
	'removeImage',
	'tagImage',
	'pruneImages',
	'pullImage',
	'connectNetwork',
	'disconnectNetwork',
	'exec',
	'attach',
] as const satisfies readonly Parameters<FakeEngine['calls']>[0][];

/** Calls that change something on the engine, as `method key`. */
export const changes = (engine: FakeEngine): readonly string[] =>
	mutating.flatMap(method => engine.calls(method).map(call => `${method} ${call.key}`));

export const openDesk = (
	world: World = {},
	all: readonly Command[] = commands,
	registries: OpenRegistries = async () => noRegistries,
): Desk => {
	const clock = createFakeClock();
	const engine = createFakeEngine(clock);
	for (const container of world.containers ?? []) engine.containers.set(container.id, container);
	for (const image of world.images ?? []) engine.images.set(image.id, image);
	const messages: Message[] = [];
	const store = createStore(worldOf(world), (state: State, message: Message) => {
		if (message.type !== 'engine/stats-sampled' && message.type !== 'clock/ticked') messages.push(message);
		return reduce(state, message);
	});
	const copied: string[] = [];
	const leaving = new AbortController();
	let hasQuit = false;
	const opened: string[] = [];
	const silent: RawTerminal = {
		columns: () => 80,
		rows: () => 24,
		write: async () => {},
		show: async () => {},
		onInput: () => () => {},
		onResize: () => () => {},
	};
	const runner = createRunner(all, {
		store,
		engine,
		clock,
		signal: leaving.signal,
		terminal: {
			suspend: run => run(silent),
			copy: text => {
				copied.push(text);
				return true;
			},
			repaint: () => {},
			runProgram: async () => {},
			sayAfterwards: () => {},
		},
		registries,
		secrets: createSecretVault(),
		browser: {absence: () => 'there is no display here', open: async () => {}},
		quit: () => {
			hasQuit = true;
		},
		openEngine: id => {
			opened.push(id);
		},
	});
	const own = all === commands ? keymap : buildKeymap(all).keymap;

	const hear = async (name: string, text: string | undefined): Promise<void> => {
		const press = text === undefined ? {name} : {name, text};
		const meaning = resolve(store.getState(), press, own);
		if (meaning.kind === 'command') runner.invoke(meaning.command.id);
		else if (meaning.kind === 'message') store.dispatch(meaning.message);
		else if (meaning.kind === 'secret') runner.typeSecret(meaning.edit);
		await clock.settle();
	};

	return {
		store,
		engine,
		clock,
		runner,
		state: store.getState,
		tell: store.dispatch,
		async press(...keys) {
			for (const key of keys) {
				const isText = [...key].length === 1;
				await hear(key, isText ? key : key === 'space' ? ' ' : undefined);
			}
		},
		async type(text) {
			for (const {name, text: typed} of keyPresses(text, inkKey())) await hear(name, typed);
		},
		top(kind) {
			const overlay = store.getState().ui.overlays.at(-1);
			assert.equal(overlay?.kind, kind);
			return overlay as Extract<Overlay, {kind: typeof kind}>;
		},
		messages,
		paste(text) {
			const meaning = resolveEdit(store.getState(), {kind: 'insert', text});
			if (meaning.kind === 'secret') runner.typeSecret(meaning.edit);
			else if (meaning.kind === 'message') store.dispatch(meaning.message);
		},
		toasts: () => store.getState().ui.toasts.map(toast => `${toast.kind}: ${toast.text}`),
		copied,
		hasQuit: () => hasQuit,
		opened,
		leave: () => {
			leaving.abort();
		},
	};
};
