import {Box} from 'ink';
import {Lines} from '../components/lines.tsx';
import {type PaneContent, paneLines} from '../components/pane-lines.ts';
import {useServices} from '../hooks/services.ts';
import {useLines} from '../hooks/use-lines.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {PaneId, State} from '../state/model.ts';
import {type PaneSize, selectLayout} from '../state/selectors/layout.ts';
import type {Theme} from '../theme/theme.ts';
import {containersContent, eventsContent, imagesContent, transfersContent} from './panes/lists.ts';
import {resourcesContent} from './panes/resources-content.ts';

const contents: Readonly<Record<PaneId, (state: State, size: PaneSize, theme: Theme) => PaneContent>> = {
	containers: containersContent,
	images: imagesContent,
	resources: resourcesContent,
	transfers: transfersContent,
	events: eventsContent,
};

const PaneView = ({size}: {readonly size: PaneSize}) => {
	const {theme} = useServices();
	const lines = useLines(state => paneLines(contents[size.pane](state, size, theme)), [size, theme]);
	return <Lines lines={lines} width={size.width} height={size.height} />;
};

/** Home: the panes, as many as the terminal's size has room for. */
export const DashboardScreen = () => {
	const {columns} = useSelector(selectLayout);
	return (
		<Box>
			{columns.map(column => (
				<Box key={column[0]?.pane} flexDirection="column">
					{column.map(size => (
						<PaneView key={size.pane} size={size} />
					))}
				</Box>
			))}
		</Box>
	);
};
