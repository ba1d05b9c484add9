import {Box} from 'ink';
import type {ComponentType} from 'react';
import {Lines} from '../components/lines.tsx';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {ContainerTab, State} from '../state/model.ts';
import {selectAlarms} from '../state/selectors/alarms.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import type {Theme} from '../theme/theme.ts';
import {ChangesTab} from './container/changes-tab.tsx';
import {ConfigTab} from './container/config-tab.tsx';
import {FilesTab} from './container/files-tab.tsx';
import {InspectTab} from './container/inspect-tab.tsx';
import {LogsTab} from './container/logs-tab.tsx';
import {NetworkTab} from './container/network-tab.tsx';
import {ProcessesTab} from './container/processes-tab.tsx';
import {StatsTab} from './container/stats-tab.tsx';
import type {TabProps} from './container/tab.ts';
import {tabBarLine} from './container/tab-bar.ts';

const tabs: Readonly<Record<ContainerTab, ComponentType<TabProps>>> = {
	logs: LogsTab,
	stats: StatsTab,
	processes: ProcessesTab,
	inspect: InspectTab,
	config: ConfigTab,
	network: NetworkTab,
	changes: ChangesTab,
	files: FilesTab,
};

const tabBar = (state: State, theme: Theme): readonly string[] => {
	const {opened, ui, now} = state;
	if (opened === undefined || ui.screen.kind !== 'container') return [];
	const alarms = opened.departure === undefined ? selectAlarms(state).get(opened.containerId) : undefined;
	return [tabBarLine(opened, ui.screen.tab, {width: ui.columns, now, theme, ...(alarms && {alarms})})];
};

/** One container in depth: its name and state, its tabs, and the tab that is open. */
export const ContainerScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const tab = useSelector(state => (state.ui.screen.kind === 'container' ? state.ui.screen.tab : undefined));
	const bar = useLines(state => tabBar(state, theme), [theme]);
	if (tab === undefined) return null;
	const Tab = tabs[tab];
	return (
		<Box flexDirection="column">
			<Lines lines={bar} width={width} height={1} />
			<Tab width={width} height={height} />
		</Box>
	);
};
