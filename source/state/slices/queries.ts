import type {Message} from '../messages.ts';
import type {UiState} from '../model.ts';
import type {QueryId} from '../queries.ts';
import {replaced} from '../replaced.ts';
import {editText} from '../text-edit.ts';

const withQuery = (ui: UiState, id: QueryId, text: string): UiState =>
	(ui.queries[id] ?? '') === text ? ui : {...ui, queries: {...ui.queries, [id]: text}};

const withoutEdit = ({queryEdit: _, ...rest}: UiState): UiState => rest;

/** What is looked for in what is read; another container begins with nothing. */
export const reduceQueries = (ui: UiState, message: Message): UiState => {
	const edit = ui.queryEdit;
	switch (message.type) {
		case 'ui/query-opened': {
			const before = ui.queries[message.id] ?? '';
			return {...ui, queryEdit: {id: message.id, before, cursor: before.length}};
		}
		case 'ui/query-edited': {
			if (edit === undefined) return ui;
			const value = {text: ui.queries[edit.id] ?? '', cursor: edit.cursor};
			const {text, cursor} = editText(value, message.edit);
			return replaced(withQuery(ui, edit.id, text), {queryEdit: replaced(edit, {cursor})});
		}
		case 'ui/query-closed':
			if (edit === undefined) return ui;
			return withoutEdit(message.isKept ? ui : withQuery(ui, edit.id, edit.before));
		case 'ui/query-cleared':
			return withQuery(ui, message.id, '');
		case 'ui/screen-opened': {
			const {screen} = ui;
			const isSameContainer =
				screen.kind === 'container' &&
				message.screen.kind === 'container' &&
				screen.containerId === message.screen.containerId;
			const isAsked = edit !== undefined || Object.keys(ui.queries).length > 0;
			return isSameContainer || !isAsked ? ui : withoutEdit({...ui, queries: {}});
		}
		default:
			return ui;
	}
};
