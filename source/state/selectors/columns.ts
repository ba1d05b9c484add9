import {resources} from '../../resources/registry.ts';
import type {ListId} from '../../resources/resource.ts';

/** The columns of a list, shown or not, as the sort menu offers them. */
export const listColumns = (
	list: ListId,
): readonly {readonly id: string; readonly header: string; readonly isSortable: boolean}[] =>
	resources[list].columns.map(({id, header, compare}) => ({
		id,
		header: header.trim() === '' ? id : header.trim(),
		isSortable: compare !== undefined,
	}));
