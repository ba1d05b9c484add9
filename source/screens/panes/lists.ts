import type {PaneContent} from '../../components/pane-lines.ts';
import type {EngineEvent} from '../../engine/types.ts';
import {formatAmount} from '../../resources/amount.ts';
import type {ContainerRow} from '../../resources/container-row.ts';
import {containers} from '../../resources/containers.ts';
import {events} from '../../resources/events.ts';
import type {ImageRow} from '../../resources/image-row.ts';
import {images} from '../../resources/images.ts';
import type {TransferRow} from '../../resources/transfer-row.ts';
import {transfers} from '../../resources/transfers.ts';
import {transfersPane} from '../../resources/transfers-pane.ts';
import type {State} from '../../state/model.ts';
import {containerWindow} from '../../state/selectors/container-rows.ts';
import {selectRunningIds} from '../../state/selectors/containers.ts';
import {isLeftUnmeasured} from '../../state/selectors/image-contents-demand.ts';
import {imageWindow} from '../../state/selectors/image-rows.ts';
import {selectTotalBytes, unaskedCount} from '../../state/selectors/image-sharing.ts';
import type {PaneSize} from '../../state/selectors/layout.ts';
import {selectEventRows} from '../../state/selectors/other-rows.ts';
import {selectTransferCounts, selectTransferRows} from '../../state/selectors/transfer-rows.ts';
import type {Theme} from '../../theme/theme.ts';
import {type ListPane, listContent} from './list-content.ts';

const containerPane: ListPane<ContainerRow> = {
	list: 'containers',
	title: '1 Containers',
	resource: containers,
	rows: containerWindow,
	isMarked: row => row.kind === 'container' && row.isMarked,
	badges: state => [
		`${selectRunningIds(state).length}/${state.containers.byId.size}`,
		...(state.ui.isRunningOnly ? ['running only'] : []),
	],
	loading: state => state.containers.loading,
};

/** How many there are, what they take together, and whether that is still being found out. */
const imageBadges = (state: State): readonly string[] => {
	const total = selectTotalBytes(state);
	const unasked = state.images.contents.size === 0 ? 0 : unaskedCount(state);
	return [
		String(state.images.byId.size),
		...(total === undefined || total.most === 0 ? [] : [formatAmount(total)]),
		...(unasked === 0 ? [] : [`${unasked} to measure`]),
		...(isLeftUnmeasured(state) ? ['sort by unique (o) to measure them'] : []),
	];
};

const imagePane: ListPane<ImageRow> = {
	list: 'images',
	title: '2 Images',
	resource: images,
	rows: imageWindow,
	isMarked: row => row.kind === 'tag' && row.isMarked,
	badges: imageBadges,
	loading: state => state.images.loading,
};

const transferBadges = (state: State): readonly string[] => {
	const {all, running, waiting, failed} = selectTransferCounts(state);
	return [
		String(all),
		...(running === 0 ? [] : [`${running} running`]),
		...(waiting === 0 ? [] : [`${waiting} waiting`]),
		...(failed === 0 ? [] : [`${failed} failed`]),
	];
};

const transferPane: ListPane<TransferRow> = {
	list: 'transfers',
	title: '4 Transfers',
	resource: transfersPane,
	rows: (state, from, height) => selectTransferRows(state).slice(from, from + height),
	badges: transferBadges,
};

/** The same list on the whole screen. */
export const transferScreenPane: ListPane<TransferRow> = {
	...transferPane,
	title: 'Transfers',
	resource: transfers,
};

const eventPane: ListPane<EngineEvent> = {
	list: 'events',
	title: '5 Events',
	resource: events,
	rows: (state, from, height) => selectEventRows(state).slice(from, from + height),
	badges: state => [String(state.events.length)],
};

type Content = (state: State, size: PaneSize, theme: Theme) => PaneContent;

const of =
	<Row>(pane: ListPane<Row>): Content =>
	(state, size, theme) =>
		listContent(state, pane, size, theme);

export const containersContent: Content = of(containerPane);
export const imagesContent: Content = of(imagePane);
export const transfersContent: Content = of(transferPane);
export const eventsContent: Content = of(eventPane);
