import type {FileFacts} from '../../engine/file-types.ts';
import {baseName, isWithin, parentPath} from '../../format/container-path.ts';
import type {Message} from '../messages.ts';
import type {OpenedContainer} from '../model.ts';
import {onlyEntries} from '../replaced.ts';
import {type FilesDirectory, type FilesFact, type FilesView, filesKept} from '../views/files.ts';
import {contentOf, reduceContent} from './file-content.ts';

const initial = (containerId: FilesView['containerId']): FilesView => ({
	containerId,
	path: '/',
	directories: new Map(),
	isPatient: false,
	turn: 0,
});

/** In another directory nothing of the last reading counts. */
const entered = (view: FilesView, path: string): FilesView => {
	const {reading: _, going: _g, goingFault: _f, content: _c, ...rest} = view;
	return {...rest, path, isPatient: false};
};

type Listed = Extract<FilesFact, {type: 'engine/files-listed'}>;

const merged = (
	known: FilesDirectory | undefined,
	{entries, isComplete, treeBytes}: Listed['directories'][number],
): FilesDirectory => ({
	entries: new Map([
		...(isComplete || known === undefined ? [] : known.entries),
		...entries.map(facts => [facts.name, facts] as const),
	]),
	isComplete,
	...(treeBytes === undefined ? {} : {treeBytes}),
});

const sizeOf = (directories: FilesView['directories']): number =>
	directories.values().reduce((sum, {entries}) => sum + entries.size, 0);

const listed = (view: FilesView, {root, directories, bytes, entryCount}: Listed): FilesView => {
	const next = new Map(view.directories);
	for (const directory of directories) next.set(directory.path, merged(next.get(directory.path), directory));
	// What other readings have brought gives way to this one, which keeps to the limit by itself.
	const kept = sizeOf(next) <= filesKept ? next : onlyEntries(next, (_, path) => isWithin(path, root));
	return {...view, directories: kept, reading: {path: root, status: 'reading', bytes, entryCount}};
};

/** The way up leads to a name that is there, whatever else was read of that directory. */
const withName = (view: FilesView, path: string, facts: FileFacts): FilesView => {
	const parent = view.directories.get(parentPath(path));
	if (path === '/' || parent?.isComplete === true) return view;
	const name = baseName(path);
	const entries = new Map(parent?.entries).set(name, {...facts, name});
	return {
		...view,
		directories: new Map(view.directories).set(parentPath(path), {entries, isComplete: false}),
	};
};

const reduceFacts = (view: FilesView, message: Message): FilesView => {
	switch (message.type) {
		case 'engine/files-listed':
			return message.root === view.path ? listed(view, message) : view;
		case 'engine/files-halted': {
			const {root, status, fault} = message;
			if (root !== view.path) return view;
			const sums = view.reading ?? {bytes: 0, entryCount: 0};
			return {...view, reading: {...sums, path: root, status, ...(fault && {fault})}};
		}
		case 'engine/files-found': {
			if (message.asked !== view.going) return view;
			const {facts, path} = message;
			if (facts.kind === 'directory') return entered(withName(view, path, facts), path);
			const {going: _, goingFault: _f, ...rest} = view;
			return {...rest, content: contentOf(path, facts)};
		}
		case 'engine/files-missed': {
			if (message.asked !== view.going) return view;
			const {going: path, ...rest} = view;
			return {...rest, goingFault: {path, fault: message.fault}};
		}
		case 'engine/files-changed':
			return forgotten(view, message.path);
		default:
			return view;
	}
};

/** Keeps the names, which are read again. */
const forgotten = (view: FilesView, path: string): FilesView => {
	const known = view.directories.get(path);
	if (known === undefined) return view;
	const directories = new Map(view.directories).set(path, {entries: known.entries, isComplete: false});
	const {reading: _, ...rest} = view;
	return {...(path === view.path ? rest : view), directories, turn: view.turn + 1};
};

const reduceIntents = (view: FilesView, message: Message): FilesView => {
	switch (message.type) {
		case 'files/wanted': {
			const {goingFault: _, content: _c, ...rest} = view;
			return {...rest, going: message.path};
		}
		case 'files/entered':
			return entered(view, message.path);
		case 'files/reread': {
			const {goingFault: _, ...rest} = forgotten(view, view.path);
			return {...rest, turn: view.turn + 1};
		}
		case 'files/refusal-dismissed': {
			const {goingFault: _, ...rest} = view;
			return rest;
		}
		case 'files/read-on': {
			const {reading: _, ...rest} = view;
			return {...rest, isPatient: true};
		}
		default:
			return view;
	}
};

/**
 * @param opened the container whose screen is open; what belongs to another one is forgotten.
 * @param height rows of a file's content on the screen
 */
export const reduceFiles = (
	known: FilesView | undefined,
	message: Message,
	opened: OpenedContainer | undefined,
	height: number,
): FilesView | undefined => {
	if (opened === undefined) return undefined;
	const isFirst = message.type === 'ui/screen-opened' || message.type === 'files/wanted';
	const mine = known?.containerId === opened.containerId ? known : undefined;
	const view = mine ?? (isFirst ? initial(opened.containerId) : undefined);
	if (view === undefined) return undefined;
	if ('containerId' in message && message.containerId !== view.containerId) return view;
	return reduceContent(reduceFacts(reduceIntents(view, message), message), message, height);
};
