import type {ImageId} from '../../engine/types.ts';
import {changeKinds} from '../../layers/tree/view.ts';
import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import type {LayersReading, LayersView, ViewedFile} from '../views/layers.ts';
import {changedContent} from './file-content.ts';

const initial = (imageId: ImageId, title: string): LayersView => ({
	imageId,
	title,
	focus: 'layers',
	reading: {status: 'idle'},
	turn: 0,
	treeCount: 0,
	isCumulative: false,
	unfolded: new Set(),
	shown: new Set(changeKinds),
	isBaseLeftOut: false,
});

const begun = (now: number): LayersReading => ({
	status: 'reading',
	startedAt: now,
	readBytes: 0,
	hasTree: false,
});

const readBytesOf = (reading: LayersReading): number => (reading.status === 'idle' ? 0 : reading.readBytes);

const opened = ({layers, now}: State, message: Extract<Message, {type: 'ui/screen-opened'}>) => {
	const {screen, title} = message;
	if (screen.kind !== 'image') return undefined;
	const view = layers?.imageId === screen.imageId ? layers : initial(screen.imageId, title ?? screen.imageId);
	if (screen.tab !== 'layers' || view.reading.status !== 'idle') return view;
	return {...view, reading: begun(now), turn: view.turn + 1};
};

const reduceReading = (view: LayersView, message: Message, now: number): LayersView => {
	const {reading} = view;
	switch (message.type) {
		case 'layers/began':
			return {...view, reading: begun(message.at)};
		case 'layers/progressed':
			if (reading.status !== 'reading') return view;
			return {...view, reading: {...reading, readBytes: message.readBytes}};
		case 'layers/tree-arrived': {
			if (reading.status !== 'reading') return view;
			// Another reading numbers its nodes anew.
			const unfolded = reading.hasTree || view.tree === undefined ? view.unfolded : new Set<number>();
			const treeCount = view.treeCount + 1;
			return {...view, unfolded, tree: message.tree, treeCount, reading: {...reading, hasTree: true}};
		}
		case 'layers/ended':
			return {
				...view,
				identity: message.identity,
				reading: {status: 'done', readBytes: message.readBytes},
			};
		case 'layers/waste-counted':
			return {...view, waste: message.report};
		case 'layers/failed':
			return {
				...view,
				reading: {status: 'failed', readBytes: readBytesOf(reading), fault: message.fault},
			};
		case 'layers/cancelled':
			if (reading.status !== 'reading') return view;
			return {...view, reading: {status: 'cancelled', readBytes: reading.readBytes}};
		case 'layers/reread':
			return {...view, reading: begun(now), turn: view.turn + 1};
		default:
			return view;
	}
};

const toggled = <Item>(set: ReadonlySet<Item>, item: Item): ReadonlySet<Item> => {
	const next = new Set(set);
	if (!next.delete(item)) next.add(item);
	return next;
};

const reduceIntents = (view: LayersView, message: Message): LayersView => {
	switch (message.type) {
		case 'layers/focused':
			return view.focus === message.focus ? view : {...view, focus: message.focus};
		case 'layers/cumulative-toggled':
			return {...view, isCumulative: !view.isCumulative};
		case 'layers/kind-toggled':
			return {...view, shown: toggled(view.shown, message.kind)};
		case 'layers/unfolded':
			return {...view, unfolded: message.unfolded};
		case 'layers/base-toggled':
			return {...view, isBaseLeftOut: !view.isBaseLeftOut};
		case 'layers/viewed':
			return {...view, viewed: message.viewed};
		default:
			return view;
	}
};

const reduceViewed = (viewed: ViewedFile, message: Message, height: number): ViewedFile => {
	if (message.type === 'layers/content-arrived') {
		if (message.path !== viewed.path) return viewed;
		const {bytes, isRead, fault, readBytes} = message;
		return {...viewed, readBytes, content: {...viewed.content, bytes, isRead, ...(fault && {fault})}};
	}
	const content = changedContent(viewed.content, message, height);
	return content === viewed.content ? viewed : {...viewed, content};
};

const withViewed = (view: LayersView, message: Message, height: number): LayersView => {
	if (view.viewed === undefined || message.type === 'layers/viewed') return view;
	if (message.type === 'files/content-closed') {
		const {viewed: _, ...rest} = view;
		return rest;
	}
	const viewed = reduceViewed(view.viewed, message, height);
	return viewed === view.viewed ? view : {...view, viewed};
};

/**
 * The inspector's state: kept while the screen of its image is open, on whichever tab.
 * @param height rows of a file's content on the screen
 */
export const reduceLayers = (state: State, message: Message, height: number): LayersView | undefined => {
	if (message.type === 'ui/screen-opened') return opened(state, message);
	const view = state.layers;
	if (view === undefined || ('imageId' in message && message.imageId !== view.imageId)) return view;
	return withViewed(reduceIntents(reduceReading(view, message, state.now), message), message, height);
};
