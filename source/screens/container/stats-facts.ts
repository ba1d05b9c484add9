import type {StatsSample} from '../../engine/types.ts';
import {fit} from '../../format/cells.ts';
import {counted} from '../../format/counted.ts';
import {formatPercent} from '../../format/percent.ts';
import type {State} from '../../state/model.ts';
import type {Theme} from '../../theme/theme.ts';

const seconds = (ns: number): string => {
	const value = ns / 1e9;
	return value < 100 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
};

const throttledText = ({throttling, throttledPercent}: StatsSample): string | undefined => {
	if (throttling === undefined) return undefined;
	const {periods, throttledPeriods, throttledNs} = throttling;
	const now =
		throttledPercent === undefined ? '' : `${formatPercent(throttledPercent).trim()}% of periods now, `;
	return `throttled ${now}${throttledPeriods} of ${periods} since its start, ${seconds(throttledNs)} in all`;
};

/** What is counted beside the graphs: how often limits were enforced. One line, none where nothing is counted. */
export const factLines = (state: State, width: number, theme: Theme): readonly string[] => {
	const id = state.opened?.containerId;
	const latest = id === undefined ? undefined : state.stats.byId.get(id)?.latest;
	if (latest === undefined) return [];
	const {oomKills = 0, memoryLimitHits = 0, throttledPercent = 0} = latest;
	const parts = [
		throttledText(latest),
		oomKills > 0 ? counted(oomKills, 'OOM kill') : undefined,
		memoryLimitHits > 0 ? `memory limit hit ${counted(memoryLimitHits, 'time')}` : undefined,
	].filter(part => part !== undefined);
	if (parts.length === 0) return [];
	const tone = oomKills > 0 ? 'trouble' : throttledPercent > 0 ? 'watch' : 'dim';
	const text = ` ${parts.join(` ${theme.glyphs.bullet} `)}`;
	return [theme.paint(tone, fit(text, width, {ellipsis: theme.glyphs.ellipsis}))];
};
