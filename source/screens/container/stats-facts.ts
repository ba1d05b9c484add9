import type {StatsSample} from '../../engine/types.ts';
import {fit} from '../../format/cells.ts';
import {counted} from '../../format/counted.ts';
import {formatPercent} from '../../format/percent.ts';
import {alarmReason} from '../../resources/alarms.ts';
import type {State} from '../../state/model.ts';
import {selectAlarms} from '../../state/selectors/alarms.ts';
import type {Theme} from '../../theme/theme.ts';

const seconds = (ns: number): string => {
	const value = ns / 1e9;
	return value < 100 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
};

const throttledText = ({throttling, throttledPercent}: StatsSample): string | undefined => {
	if (throttling === undefined) return undefined;
	const {periods, throttledPeriods, throttledNs} = throttling;
	const now = throttledPercent === undefined ? '' : `${formatPercent(throttledPercent).trim()}% now, `;
	return `throttled ${now}${throttledPeriods} of ${periods} periods, ${seconds(throttledNs)} in all`;
};

const countLine = (latest: StatsSample, width: number, theme: Theme): readonly string[] => {
	const {oomKills = 0, memoryLimitHits = 0, throttledPercent = 0} = latest;
	const parts = [
		oomKills > 0 ? counted(oomKills, 'OOM kill') : undefined,
		memoryLimitHits > 0 ? `memory limit hit ${counted(memoryLimitHits, 'time')}` : undefined,
		throttledText(latest),
	].filter(part => part !== undefined);
	if (parts.length === 0) return [];
	const tone = oomKills > 0 ? 'trouble' : throttledPercent > 0 ? 'watch' : 'dim';
	const text = ` ${parts.join(` ${theme.glyphs.bullet} `)}`;
	return [theme.paint(tone, fit(text, width, {ellipsis: theme.glyphs.ellipsis}))];
};

const mostAlarmLines = 2;

/** What is wrong with it, a line each, and how often limits were enforced; no lines where nothing is. */
export const factLines = (state: State, width: number, theme: Theme): readonly string[] => {
	const {opened} = state;
	if (opened === undefined || opened.departure !== undefined) return [];
	const alarms = selectAlarms(state).get(opened.containerId) ?? [];
	const {ellipsis, unhealthy} = theme.glyphs;
	const reasons = alarms.slice(0, mostAlarmLines).map(alarm => {
		const text = theme.spell(` ${unhealthy} ${alarmReason(alarm, state.now)}`);
		return theme.paint('trouble', fit(text, width, {ellipsis}));
	});
	const latest = state.stats.byId.get(opened.containerId)?.latest;
	return latest === undefined ? reasons : [...reasons, ...countLine(latest, width, theme)];
};
