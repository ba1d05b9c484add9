import {counted} from '../../format/counted.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import {factsView, selectFactsLayout} from '../../state/selectors/facts-layout.ts';
import {documentBadges, emptyDocument} from './document-words.ts';
import type {TabProps} from './tab.ts';
import {TablesPane} from './tables-pane.tsx';

/** What an inspect tells, as small tables. */
export const FactsPane = (facts: TabProps & {readonly title: string}) => {
	const layout = useSelector(selectFactsLayout);
	const offset = useSelector(state => factsView(state).offset);
	const empty = useSelector(emptyDocument);
	const said = useSelector(state =>
		documentBadges(state, selectFactsLayout(state)?.maskedCount ?? 0).join('\n'),
	);
	const warnings = layout?.warnings ?? 0;
	const badges = [...(warnings === 0 ? [] : [counted(warnings, 'warning')]), ...said.split('\n')];
	return <TablesPane {...facts} badges={badges} layout={layout} offset={offset} empty={empty} />;
};
