import {sanitise} from '../../format/sanitise.ts';

const MAX_SHOWN = 300;

/** A name from an archive (latin1) for a message: what was meant, in quotes, on one line. */
export const quoted = (path: string): string => {
	const text = sanitise(Buffer.from(path, 'latin1').toString('utf8'));
	return `"${text.length > MAX_SHOWN ? `…${text.slice(-MAX_SHOWN)}` : text}"`;
};
