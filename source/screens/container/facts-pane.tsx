import {Box} from 'ink';
import {Pane} from '../../components/pane.tsx';
import {PANE_BORDER} from '../../components/pane-lines.ts';
import {fit} from '../../format/cells.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import {factsView, selectFactsLayout} from '../../state/selectors/facts-layout.ts';
import {documentBadges, emptyDocument} from './document-words.ts';
import {FactsTables} from './facts-tables.tsx';
import type {TabProps} from './tab.ts';

/** What an inspect tells, as small tables that are scrolled together. */
export const FactsPane = ({width, height, title}: TabProps & {readonly title: string}) => {
	const {theme} = useServices();
	const layout = useSelector(selectFactsLayout);
	const offset = useSelector(state => factsView(state).offset);
	const empty = useSelector(emptyDocument);
	const isCovered = useSelector(state => state.ui.overlays.length > 0);
	const badges = useSelector(state =>
		documentBadges(state, selectFactsLayout(state)?.maskedCount ?? 0).join('\n'),
	);
	const inner = {width: Math.max(0, width - PANE_BORDER), height: Math.max(0, height - PANE_BORDER)};
	const warnings = layout?.warnings ?? 0;
	return (
		<Box width={width} height={height}>
			<Pane
				width={width}
				height={height}
				title={title}
				badges={[
					...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
					...badges.split('\n'),
				]}
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
