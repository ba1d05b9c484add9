import {useSelector} from '../../hooks/use-selector.ts';
import {imageFactsView, selectImageFactsLayout} from '../../state/selectors/image-facts-layout.ts';
import type {TabProps} from '../container/tab.ts';
import {TablesPane} from '../container/tables-pane.tsx';
import {emptyImage, imageBadges} from './image-words.ts';

/** What containers of the image begin with, and what it says of itself. */
export const ImageConfigTab = (size: TabProps) => {
	const layout = useSelector(selectImageFactsLayout);
	const offset = useSelector(state => imageFactsView(state).offset);
	const empty = useSelector(emptyImage);
	const badges = useSelector(state =>
		imageBadges(state, selectImageFactsLayout(state)?.maskedCount ?? 0).join('\n'),
	);
	const tables = {title: 'Configuration', badges: badges.split('\n'), layout, offset, empty};
	return <TablesPane {...size} {...tables} />;
};
