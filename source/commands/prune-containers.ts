import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import type {State} from '../state/model.ts';
import {namesOf, offlineReason} from './container-actions.ts';
import {showSuccess} from './toasts.ts';
import type {Command} from './types.ts';

/** What the engine prunes: everything that neither runs nor is paused or restarting. */
const stopped = (state: State) =>
	[...state.containers.byId.values()].filter(
		({state: at}) => at === 'created' || at === 'exited' || at === 'dead',
	);

export const pruneContainersCommand: Command = {
	id: 'containers.prune',
	scope: 'containerList',
	title: 'prune',
	help: 'Removes every stopped container, after showing which',
	keys: ['D'],
	group: 'danger',
	inFooter: 26,
	disabledReason: state =>
		offlineReason(state) ?? (stopped(state).length === 0 ? 'no container is stopped' : undefined),
	confirm: state => {
		const gone = stopped(state);
		return {
			title:
				gone.length === 1 ? 'Remove the stopped container?' : `Remove all ${gone.length} stopped containers?`,
			lines: [namesOf(gone), 'This cannot be undone.'],
			action: 'Prune',
			toggles: [],
			...(gone.length > 1 ? {mustType: String(gone.length)} : {}),
		};
	},
	run: async context => {
		const {removed, reclaimedBytes} = await context.engine.pruneContainers(context.signal);
		showSuccess(
			context,
			`${counted(removed.length, 'container')} removed, ${formatSize(reclaimedBytes)} freed`,
		);
	},
};
