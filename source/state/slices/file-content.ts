import type {FileFacts} from '../../engine/file-types.ts';
import type {Message} from '../messages.ts';
import {replaced} from '../replaced.ts';
import {contentLayout, lineCount} from '../selectors/file-lines.ts';
import {contentStepBytes, type FileContent, type FilesView} from '../views/files.ts';
import {scrolled} from './scrolled.ts';

export const contentOf = (path: string, facts: FileFacts): FileContent => ({
	path,
	facts,
	bytes: new Uint8Array(),
	limitBytes: contentStepBytes,
	isRead: facts.kind !== 'file',
	offset: 0,
	column: 0,
});

/** Farther right nothing is looked for: a line of a megabyte is read in the hex layout. */
const columnLimit = 100_000;

/** What a message does to what is read of a file. @param height rows of it on the screen */
export const changedContent = (content: FileContent, message: Message, height: number): FileContent => {
	switch (message.type) {
		case 'engine/files-content': {
			if (message.path !== content.path) return content;
			const {bytes, isRead, fault} = message;
			return {...content, bytes, isRead, ...(fault && {fault})};
		}
		case 'files/layout-toggled': {
			const layout = contentLayout(content) === 'hex' ? 'text' : 'hex';
			return {...content, layout, offset: 0, column: 0};
		}
		case 'files/more-wanted': {
			const {fault: _, ...rest} = content;
			return {...rest, limitBytes: content.limitBytes + contentStepBytes, isRead: false};
		}
		case 'files/shifted': {
			const column = Math.min(columnLimit, Math.max(0, content.column + message.count));
			return replaced(content, {column});
		}
		case 'files/scrolled':
			return replaced(content, {
				offset: scrolled(content.offset, message.movement, height, lineCount(content)),
			});
		default:
			return content;
	}
};

/** The file that is looked into; while none is, the view itself. */
export const reduceContent = (view: FilesView, message: Message, height: number): FilesView => {
	if (view.content === undefined) return view;
	if (message.type === 'files/content-closed') {
		const {content: _, ...rest} = view;
		return rest;
	}
	return replaced(view, {content: changedContent(view.content, message, height)});
};
