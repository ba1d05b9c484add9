import {Box} from 'ink';
import {Pane} from '../../components/pane.tsx';
import {PANE_BORDER} from '../../components/pane-lines.ts';
import {fit} from '../../format/cells.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {PlacedTables} from '../../state/selectors/placed-tables.ts';
import {FactsTables} from './facts-tables.tsx';
import type {TabProps} from './tab.ts';

type Tables = TabProps & {
	readonly title: string;
	readonly badges: readonly string[];
	/** Absent until there is something to show. */
	readonly layout: PlacedTables | undefined;
	/** First line shown. */
	readonly offset: number;
	/** Said instead of the tables. */
	readonly empty: string | undefined;
};

/** Small tables that are scrolled together, as a pane. */
export const TablesPane = ({width, height, title, badges, layout, offset, empty}: Tables) => {
	const {theme} = useServices();
	const isCovered = useSelector(state => state.ui.overlays.length > 0);
	const inner = {width: Math.max(0, width - PANE_BORDER), height: Math.max(0, height - PANE_BORDER)};
	return (
		<Box width={width} height={height}>
			<Pane
				width={width}
				height={height}
				title={title}
				badges={badges}
				isFocused={!isCovered}
				hasMoreAbove={offset > 0}
				hasMoreBelow={layout !== undefined && offset + inner.height < layout.height}
				lines={empty === undefined ? [] : [theme.paint('dim', fit(` ${theme.spell(empty)}`, inner.width))]}
				theme={theme}
			/>
			{layout !== undefined && (
				<Box position="absolute" marginTop={1} marginLeft={1}>
					<FactsTables layout={layout} offset={offset} {...inner} theme={theme} />
				</Box>
			)}
		</Box>
	);
};
