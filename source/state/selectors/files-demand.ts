import type {ContainerId} from '../../engine/types.ts';
import type {FilesDemand, FilesJob, FilesView} from '../views/files.ts';

const jobOf = ({
	path,
	directories,
	reading,
	isPatient,
	turn,
	going,
	content,
}: FilesView): FilesJob | undefined => {
	if (going !== undefined) return {kind: 'look', path: going};
	if (content !== undefined && !content.isRead)
		return {kind: 'content', path: content.path, limitBytes: content.limitBytes};
	// What is looked into is not held up by a list that nobody sees.
	if (content !== undefined) return undefined;
	const isOver = directories.get(path)?.isComplete === true || (reading?.status ?? 'reading') !== 'reading';
	return isOver ? undefined : {kind: 'list', path, isPatient, turn};
};

/** What is asked of the engine for the files tab as it stands. */
export const filesDemand = (containerId: ContainerId, view: FilesView | undefined): FilesDemand => {
	const job = view?.containerId === containerId ? jobOf(view) : undefined;
	return {containerId, ...(job && {job})};
};
