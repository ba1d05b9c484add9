import type {State} from '../state/model.ts';
import {scrollCommands} from './readers.ts';
import type {Command} from './types.ts';

const sidewaysCells = 16;

const shift = (id: string, title: string, key: string, count: number): Command => ({
	id: `content.${id}`,
	scope: 'content',
	title,
	help: `Scrolls sideways: ${title}`,
	keys: [key],
	group: 'navigate',
	isKeyOnly: true,
	run: ({store}) => {
		store.dispatch({type: 'files/shifted', count});
	},
});

const noMore = ({files, layers}: State): string | undefined => {
	const content = files?.content ?? layers?.viewed?.content;
	if (content === undefined || !content.isRead) return 'it is being read';
	return content.bytes.length < content.limitBytes ? 'all of it was read' : undefined;
};

/** What is read of a file, in place of the list. */
export const fileViewCommands: readonly Command[] = [
	...scrollCommands('content', movement => ({type: 'files/scrolled', movement})),
	shift('left', 'to the left', 'left', -sidewaysCells),
	shift('right', 'to the right', 'right', sidewaysCells),
	{
		id: 'content.close',
		scope: 'content',
		title: 'back to the list',
		help: 'Closes the file and shows its directory',
		keys: ['esc', 'backspace'],
		group: 'navigate',
		isKeyOnly: true,
		run: ({store}) => {
			const isTold = store.getState().ui.toasts.length > 0;
			store.dispatch(isTold ? {type: 'ui/toasts-dismissed'} : {type: 'files/content-closed'});
		},
	},
	{
		id: 'content.layout',
		scope: 'content',
		title: 'hex / text',
		help: 'Shows the bytes in hexadecimal, or as text',
		keys: ['x'],
		group: 'view',
		inFooter: 0.1,
		run: ({store}) => {
			store.dispatch({type: 'files/layout-toggled'});
		},
	},
	{
		id: 'content.more',
		scope: 'content',
		title: 'read more',
		help: 'Reads another megabyte of a large file',
		keys: ['+'],
		group: 'view',
		inFooter: 0.2,
		disabledReason: noMore,
		run: ({store}) => {
			store.dispatch({type: 'files/more-wanted'});
		},
	},
];
