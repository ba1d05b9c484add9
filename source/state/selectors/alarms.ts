import type {Container} from '../../engine/types.ts';
import {type Alarm, alarmsOf} from '../../resources/alarms.ts';
import type {State} from '../model.ts';
import {createSelector} from './memo.ts';

export type AlarmsById = ReadonlyMap<string, readonly Alarm[]>;

/** Alarms end with time: they are looked at again so often. */
const coarseMs = 5000;

const computed = createSelector(
	(state: State) => [state.containers.byId, state.troubles, Math.floor(state.now / coarseMs)],
	(byId: State['containers']['byId'], troubles: State['troubles'], beat: number): AlarmsById => {
		const found = new Map<string, readonly Alarm[]>();
		const at = beat * coarseMs;
		for (const [id, container] of byId) {
			if (!mayAlarm(container, troubles)) continue;
			const alarms = alarmsOf(container, troubles.get(id), at);
			if (alarms.length > 0) found.set(id, alarms);
		}
		return found;
	},
);

/** Most of thousands have nothing that could be one. */
const mayAlarm = ({id, health, state, details}: Container, troubles: State['troubles']): boolean =>
	health === 'unhealthy' || state === 'restarting' || details?.isOomKilled === true || troubles.has(id);

let last: {readonly text: string; readonly alarms: AlarmsById} = {text: '[]', alarms: new Map()};

/** The alarms of each container that has one; the same map as long as they are the same. */
export const selectAlarms = (state: State): AlarmsById => {
	const alarms = computed(state);
	if (alarms === last.alarms) return alarms;
	const text = JSON.stringify([...alarms]);
	if (text !== last.text) last = {text, alarms};
	return last.alarms;
};
