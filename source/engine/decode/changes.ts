import type {Change, ChangeKind} from '../process-types.ts';
import {answeredList} from './answer.ts';
import {list, number, record, text} from './read.ts';

/** By the number in the answer. */
const kinds: readonly ChangeKind[] = ['modified', 'added', 'deleted'];

/**
 * `GET /containers/{id}/changes`: `[{"Path": "/etc", "Kind": 0}]`, or `null` for none. A kind that is not known
 * counts as modified.
 * @throws EngineError `protocol` when it is no list
 */
export const decodeChanges = (value: unknown): readonly Change[] =>
	answeredList(value, 'list of changes').flatMap(entry => {
		const path = text(entry.Path);
		return path === '' ? [] : [{path, kind: kinds[number(entry.Kind)] ?? 'modified'}];
	});

/** Where something is mounted, by `GET /containers/{id}/json`. */
export const decodeMountPoints = (value: unknown): readonly string[] =>
	list(record(value).Mounts)
		.map(mount => text(record(mount).Destination))
		.filter(destination => destination !== '');
