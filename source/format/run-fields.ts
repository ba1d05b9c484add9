import {parseBytes} from './bytes.ts';
import {accept, type Parsed, refuse} from './parsed.ts';

/** Structurally the engine's `RestartPolicy`. */
export type RestartField = {
	readonly name: 'no' | 'always' | 'on-failure' | 'unless-stopped';
	readonly maximumRetryCount?: number;
};

/** Structurally the engine's `VolumeMapping`. */
export type VolumeField = {readonly source?: string; readonly target: string; readonly isReadOnly: boolean};

const OBJECT_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;
const MIN_MEMORY_BYTES = 6 * 1024 * 1024;

/** `KEY=VALUE`, or `KEY` alone for an empty value. */
export const parseEnv = (text: string): Parsed<string> => {
	const [key = ''] = text.split('=', 1);
	if (key === '') return refuse(text, 'a variable is KEY=VALUE, and the key is missing');
	return /[\s\0]/.test(key) ? refuse(text, 'the key of a variable has no blanks') : accept(text);
};

const checkSource = (source: string): string | undefined => {
	if (source.startsWith('/')) return undefined;
	if (/^[.~]/.test(source)) return 'a path on the host is absolute, beginning with /';
	return OBJECT_NAME.test(source)
		? undefined
		: 'the source is an absolute path or a volume name of letters, digits and _ . -';
};

/** `source:target[:ro|rw]`, where the source is an absolute path or a volume's name, or a bare `target`. */
export const parseVolume = (text: string): Parsed<VolumeField> => {
	const parts = text.trim().split(':');
	if (parts.length > 3) return refuse(text, 'a volume is source:target or source:target:ro');
	const [source, target, mode = 'rw'] = parts.length === 1 ? [undefined, parts[0] ?? ''] : parts;
	if (target === undefined || !target.startsWith('/'))
		return refuse(text, 'the target is an absolute path in the container, beginning with /');
	if (target === '/') return refuse(text, 'the target cannot be / itself');
	if (mode !== 'ro' && mode !== 'rw') return refuse(text, `the mode is ro or rw, not "${mode}"`);
	const rule = source === undefined ? undefined : checkSource(source);
	if (rule !== undefined) return refuse(text, rule);
	return accept({...(source !== undefined && {source}), target, isReadOnly: mode === 'ro'});
};

/** `no`, `always`, `unless-stopped`, `on-failure` or `on-failure:N`. */
export const parseRestart = (text: string): Parsed<RestartField> => {
	const policy = text.trim();
	if (policy === 'no' || policy === 'always' || policy === 'unless-stopped' || policy === 'on-failure')
		return accept({name: policy});
	const retries = /^on-failure:(\d{1,9})$/.exec(policy)?.[1];
	return retries === undefined
		? refuse(text, 'a restart policy is no, always, unless-stopped, on-failure or on-failure:N')
		: accept({name: 'on-failure', maximumRetryCount: Number(retries)});
};

/** Cores, fractions allowed: `0.5`, `2`. */
export const parseCpus = (text: string): Parsed<number> => {
	const cpus = /^\d+(?:\.\d{1,3})?$|^\.\d{1,3}$/.test(text.trim()) ? Number(text) : 0;
	return cpus > 0 ? accept(cpus) : refuse(text, 'a CPU limit is a number of cores above 0, such as 0.5 or 2');
};

/** Bytes of a memory limit; the engine takes none below 6 MiB. */
export const parseMemory = (text: string): Parsed<number> => {
	const bytes = parseBytes(text);
	if (bytes === undefined) return refuse(text, 'a memory limit is a number with b, k, m or g, such as 512m');
	return bytes < MIN_MEMORY_BYTES ? refuse(text, 'a memory limit is 6m at least') : accept(bytes);
};

export const parseContainerName = (text: string): Parsed<string> => {
	const name = text.trim();
	return OBJECT_NAME.test(name)
		? accept(name)
		: refuse(text, 'a name has two or more letters, digits and _ . -, beginning with a letter or digit');
};
