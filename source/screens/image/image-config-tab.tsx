import {Box} from 'ink';
import {Pane} from '../../components/pane.tsx';
import {PANE_BORDER} from '../../components/pane-lines.ts';
import {fit} from '../../format/cells.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import {imageFactsView, selectImageFactsLayout} from '../../state/selectors/image-facts-layout.ts';
import {FactsTables} from '../container/facts-tables.tsx';
import type {TabProps} from '../container/tab.ts';
import {emptyImage, imageBadges} from './image-words.ts';

/** What containers of the image begin with, and what it says of itself: small tables that are scrolled together. */
export const ImageConfigTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const layout = useSelector(selectImageFactsLayout);
	const offset = useSelector(state => imageFactsView(state).offset);
	const empty = useSelector(emptyImage);
	const isCovered = useSelector(state => state.ui.overlays.length > 0);
	const badges = useSelector(state =>
		imageBadges(state, selectImageFactsLayout(state)?.maskedCount ?? 0).join('\n'),
	);
	const inner = {width: Math.max(0, width - PANE_BORDER), height: Math.max(0, height - PANE_BORDER)};
	return (
		<Box width={width} height={height}>
			<Pane
				width={width}
				height={height}
				title="Configuration"
				badges={badges.split('\n')}
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
