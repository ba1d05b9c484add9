import {mkdtempSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import process from 'node:process';
import {commands} from '../../source/commands/registry.ts';
import {startFeed} from '../../source/feed/feed.ts';
import type {Account} from '../../source/registry/accounts-port.ts';
import {selectDemand} from '../../source/state/selectors/demand.ts';
import {registryStatus} from '../../source/state/selectors/registry-status.ts';
import {cursorRowKey, rowKeys} from '../../source/state/selectors/rows.ts';
import type {RegistryPlace} from '../../source/state/views/registry.ts';
import {createFakeRegistry, type FakeRegistry, fakeAccess} from '../helpers/fake-registry-client.ts';
import type {World} from '../state/world.ts';
import {type Desk, openDesk} from './desk.ts';

export const host = 'reg.test:5000';

/** Commands, feed and store with a registry in memory. */
export type RegistryDesk = Desk & {
	readonly registry: FakeRegistry;
	readonly place: () => RegistryPlace | undefined;
	/** The keys of the rows of the level that is open. */
	readonly rows: () => readonly string[];
	readonly cursor: () => string | undefined;
	readonly status: () => string;
	/** Until nothing more happens by itself. */
	readonly rest: () => Promise<void>;
	readonly go: (name: string) => Promise<void>;
	readonly stop: () => Promise<void>;
};

export const openRegistryDesk = async (
	world: World = {},
	{
		registry = createFakeRegistry(host),
		accounts = [],
	}: {registry?: FakeRegistry; accounts?: readonly Account[]} = {},
): Promise<RegistryDesk> => {
	process.env.XDG_STATE_HOME = mkdtempSync(join(tmpdir(), 'gantry-test-state-'));
	const access = fakeAccess([registry], accounts);
	const desk = openDesk(world, commands, async () => access);
	const {store, engine, clock} = desk;
	const feed = startFeed({engine, store, selectDemand, clock, registries: async () => access});
	const place = () => {
		const {screen} = desk.state().ui;
		return screen.kind === 'registry' ? screen.place : undefined;
	};
	const rest = async (): Promise<void> => {
		for (let round = 0; round < 12; round += 1) {
			await clock.settle();
			await clock.advance(120);
		}
	};
	await rest();
	return {
		...desk,
		registry,
		place,
		rows: () => rowKeys(desk.state(), place()?.level ?? 'registries'),
		cursor: () => cursorRowKey(desk.state(), place()?.level ?? 'registries'),
		status: () => {
			const {text, hint} = registryStatus(desk.state());
			return hint === undefined ? text : `${text}   ${hint}`;
		},
		rest,
		async go(name) {
			desk.runner.invoke('app.registries', {argument: name});
			await rest();
		},
		stop: () => feed.stop(),
	};
};
