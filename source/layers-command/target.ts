/** Where an image is to be found. */
export type Target =
	/** On the engine. */
	| {readonly kind: 'image'; readonly reference: string}
	| PathTarget
	/** An image of the engine if there is one, else the path. */
	| {readonly kind: 'either'; readonly reference: string; readonly path: PathTarget};

export type PathTarget = {
	readonly kind: 'archive' | 'layout';
	readonly path: string;
	/** Of several images in it the name of one. */
	readonly reference?: string;
};

/** What a path leads to. */
export type Probe = (path: string) => 'file' | 'directory' | undefined;

/** A path that cannot be used; the message names it. */
export class TargetError extends Error {
	override readonly name = 'TargetError';
}

const prefixes = ['docker-archive', 'oci-archive', 'oci'] as const;
const prefixed = new RegExp(`^(${prefixes.join('|')}):(.+)$`, 's');
const archiveName = /\.(?:tar|tgz|tzst)(?:\.(?:gz|zst|zstd))?$|\.tar\.\w+$/i;

const pathTarget = (path: string, probe: Probe, reference?: string): PathTarget | undefined => {
	const found = probe(path);
	if (found === undefined) return undefined;
	const kind = found === 'directory' ? 'layout' : 'archive';
	return {kind, path, ...(reference === undefined ? {} : {reference})};
};

/** `oci:folder` or `oci:folder:name`, as skopeo and podman write it. */
const behindPrefix = (text: string, probe: Probe): PathTarget | undefined => {
	const whole = pathTarget(text, probe);
	if (whole !== undefined) return whole;
	for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) {
		const found = pathTarget(text.slice(0, at), probe, text.slice(at + 1));
		if (found !== undefined) return found;
	}
	return undefined;
};

const nothingAt = (path: string): TargetError =>
	new TargetError(`${path}: there is no such file or directory`);

/**
 * What is meant by a text: an image of the engine, an archive or the directory of an OCI layout. A path is meant when
 * something is there and the text has a slash or the ending of an archive, or a prefix says so.
 * @throws TargetError when a path is meant and nothing is there
 */
export const targetOf = (text: string, probe: Probe): Target => {
	const [, , behind] = prefixed.exec(text) ?? [];
	if (behind !== undefined) {
		const found = behindPrefix(behind, probe);
		if (found !== undefined) return found;
		// `oci:1.2` may be an image as well.
		if (!text.startsWith('oci:') || behind.includes('/')) throw nothingAt(behind);
	}
	const path = pathTarget(text, probe);
	const isPath = text.includes('/') || archiveName.test(text) || text === '.' || text === '..';
	if (path !== undefined) return isPath ? path : {kind: 'either', reference: text, path};
	if (/^(?:\.{0,2}\/|~)/.test(text) || archiveName.test(text)) throw nothingAt(text);
	return {kind: 'image', reference: text};
};
