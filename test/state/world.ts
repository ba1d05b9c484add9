import type {Container, Image} from '../../source/engine/types.ts';
import type {ListId} from '../../source/resources/resource.ts';
import type {Message} from '../../source/state/messages.ts';
import type {EngineChoice, State} from '../../source/state/model.ts';
import {initialState, reduce} from '../../source/state/reduce.ts';
import {rowKeys} from '../../source/state/selectors/rows.ts';
import {infoOf} from '../helpers/objects.ts';

export const place = {address: 'fake', source: 'test'};
export const now = Date.UTC(2026, 0, 1);

/** What a state is after some messages. */
export const after = (state: State, ...messages: readonly Message[]): State => messages.reduce(reduce, state);

export type World = {
	readonly containers?: readonly Container[];
	readonly images?: readonly Image[];
	readonly columns?: number;
	readonly rows?: number;
	readonly isReadOnly?: boolean;
	readonly isDemo?: boolean;
	readonly choices?: readonly EngineChoice[];
};

/** A live engine with these objects, on a screen of 120x40 unless told. */
export const worldOf = ({
	containers = [],
	images = [],
	columns = 120,
	rows = 40,
	isReadOnly = false,
	isDemo = false,
	choices = [],
}: World = {}): State =>
	after(
		initialState({place, columns, rows, isReadOnly, isDemo, choices, now}),
		{type: 'engine/connected', info: infoOf(), place, at: now},
		{type: 'engine/containers-listed', containers},
		{type: 'engine/images-listed', images},
	);

/** The key of the row under the cursor. */
export const cursorKey = (state: State, list: ListId = 'containers'): string | undefined =>
	rowKeys(state, list)[state.ui.lists[list].cursorIndex];

/** The name of the container under the cursor; a project's name on its row. */
export const cursorName = (state: State): string | undefined => {
	const key = cursorKey(state);
	const container = [...state.containers.byId.values()].find(({id}) => id === key);
	return container?.name ?? key;
};
