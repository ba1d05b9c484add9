import type {Container} from '../../engine/types.ts';
import type {State} from '../model.ts';
import {selectedContainers} from '../slices/log-members.ts';
import type {LogRequest, LogsDemand} from '../views/logs.ts';
import {createSelector} from './memo.ts';

/** The log is what is on the screen: behind another tab it rests. */
export const isLogShown = ({ui: {screen}}: State): boolean =>
	screen.kind === 'logs' || (screen.kind === 'container' && screen.tab === 'logs');

const isUp = ({state}: Container): boolean => state === 'running' || state === 'paused';

const selectMembers: (state: State) => LogsDemand['members'] = (() => {
	let last: LogsDemand['members'] = [];
	const select = createSelector(
		(state: State) => [state.containers.byId, state.logs?.request],
		(byId: State['containers']['byId'], request: LogRequest | undefined): LogsDemand['members'] => {
			const next =
				request === undefined
					? []
					: selectedContainers({byId}, request.of).map(container => ({
							containerId: container.id,
							isRunning: isUp(container),
						}));
			const isSame =
				next.length === last.length &&
				next.every(
					({containerId, isRunning}, index) =>
						containerId === last[index]?.containerId && isRunning === last[index]?.isRunning,
				);
			if (!isSame) last = next;
			return last;
		},
	);
	return select;
})();

/** The log streams that the screen needs; nothing while another tab is open. */
export const selectLogsDemand: (state: State) => LogsDemand | undefined = createSelector(
	(state: State) => [
		isLogShown(state) ? state.logs?.request : undefined,
		selectMembers(state),
		state.logs?.older === 'wanted',
	],
	(request: LogRequest | undefined, members: LogsDemand['members'], wantsOlder: boolean) =>
		request === undefined ? undefined : {request, members, wantsOlder},
);
