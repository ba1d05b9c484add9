import {Box} from 'ink';
import type {ComponentType} from 'react';
import {Lines} from '../components/lines.tsx';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {ImageTab} from '../state/model.ts';
import {readerPaneHeight} from '../state/selectors/layout.ts';
import {InspectTab} from './container/inspect-tab.tsx';
import type {TabProps} from './container/tab.ts';
import {HistoryTab} from './image/history-tab.tsx';
import {imageBarLine} from './image/image-bar.ts';
import {ImageConfigTab} from './image/image-config-tab.tsx';
import {LayersTab} from './image/layers-tab.tsx';

const tabs: Readonly<Record<ImageTab, ComponentType<TabProps>>> = {
	layers: LayersTab,
	history: HistoryTab,
	imageConfig: ImageConfigTab,
	inspect: InspectTab,
};

/** One image in depth: its name, its tabs, and the tab that is open. */
export const ImageScreen = () => {
	const {theme} = useServices();
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(readerPaneHeight);
	const tab = useSelector(state => (state.ui.screen.kind === 'image' ? state.ui.screen.tab : undefined));
	const bar = useLines(state => [imageBarLine(state, theme)], [theme]);
	if (tab === undefined) return null;
	const Tab = tabs[tab];
	return (
		<Box flexDirection="column">
			<Lines lines={bar} width={width} height={1} />
			<Tab width={width} height={height} />
		</Box>
	);
};
