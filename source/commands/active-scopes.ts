import type {State} from '../state/model.ts';
import {isUnconnected} from '../state/selectors/unconnected.ts';
import type {Scope} from './types.ts';

/** Where a key is looked up now, the nearest scope first. */
export const activeScopes = (state: State): readonly Scope[] => {
	const {ui, engine} = state;
	const top = ui.overlays.at(-1);
	if (top?.kind === 'choice' || top?.kind === 'messages') return ['menu', 'dialog'];
	if (top !== undefined) return ['dialog'];
	if (ui.filterEdit !== undefined) return ['filter'];
	const offline: readonly Scope[] = engine.connection.status === 'reconnecting' ? ['offline'] : [];
	switch (ui.screen.kind) {
		case 'logs':
			return [...offline, 'logs', 'global'];
		case 'document':
			return [...offline, 'document', 'global'];
		case 'dashboard':
			return isUnconnected(state)
				? ['unconnected', 'offline', 'global']
				: [...offline, ui.focus, 'lists', 'global'];
	}
};
