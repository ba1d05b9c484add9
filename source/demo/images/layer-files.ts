import type {TarFact} from './tar-blocks.ts';

/**
 * Path → content: a text; a number, the file's share of what the text leaves of the layer; or where a link leads.
 * A path that ends with a slash is a directory; those on the way to a file need not be named.
 */
export type LayerContent = Readonly<
	Record<string, string | number | {readonly symlink: string} | {readonly hardLink: string}>
>;

export type LayerFile = TarFact & {
	/** Absent: invented, from its name. */
	readonly text?: string;
};

const modeOf = (name: string): number => {
	if (name.endsWith('/')) return name === 'tmp/' ? 0o1777 : 0o755;
	if (/\.(env|pem|key)$|(^|\/)id_[a-z\d]+$/.test(name)) return 0o600;
	return /(^|\/)s?bin\/|\.sh$/.test(name) ? 0o755 : 0o644;
};

/** The entries of a layer, each directory before what is in it. */
export const layerFiles = (content: LayerContent, sizeBytes: number): readonly LayerFile[] => {
	const all = withParents(content);
	const texts = all.filter(([, value]) => typeof value === 'string');
	const shares = all.flatMap(([name, value]) => (typeof value === 'number' ? [{name, value}] : []));
	const left = sizeBytes - texts.reduce((sum, [, value]) => sum + Buffer.byteLength(String(value)), 0);
	const sizes = sharedOut(shares, Math.max(0, left));
	return all.map(([name, value]) => {
		const fact = {name, mode: modeOf(name), sizeBytes: 0};
		if (typeof value === 'number') return {...fact, sizeBytes: sizes.get(name) ?? 0};
		if (typeof value === 'string') return {...fact, sizeBytes: Buffer.byteLength(value), text: value};
		if ('symlink' in value) return {...fact, mode: 0o777, linkTarget: value.symlink};
		return {...fact, linkTarget: value.hardLink, isHardLink: true};
	});
};

const withParents = (content: LayerContent) => {
	const all = new Map<string, LayerContent[string]>();
	for (const [name, value] of Object.entries(content)) {
		for (let at = name.indexOf('/'); at !== -1; at = name.indexOf('/', at + 1))
			if (!all.has(name.slice(0, at + 1))) all.set(name.slice(0, at + 1), '');
		all.set(name, value);
	}
	return [...all];
};

const sharedOut = (
	shares: readonly {readonly name: string; readonly value: number}[],
	bytes: number,
): ReadonlyMap<string, number> => {
	const total = shares.reduce((sum, {value}) => sum + value, 0);
	const sizes = new Map(shares.map(({name, value}) => [name, Math.floor((bytes * value) / total)]));
	const given = sizes.values().reduce((sum, size) => sum + size, 0);
	const [first] = shares;
	if (first !== undefined) sizes.set(first.name, (sizes.get(first.name) ?? 0) + bytes - given);
	return sizes;
};

const pieceBytes = 64 * 1024;

const isProgram = (name: string): boolean => /(^|\/)s?bin\/|\.(so|node)(\.|$)/.test(name);

/** What an invented file holds again and again. */
const lineOf = (name: string): Buffer => {
	const file = name.slice(name.lastIndexOf('/') + 1);
	return isProgram(name)
		? Buffer.concat([Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0]), Buffer.from(`${file}\0`)])
		: Buffer.from(`${name}\n`);
};

export function* contentPieces({name, sizeBytes, text}: LayerFile): Generator<Uint8Array> {
	if (sizeBytes === 0) return;
	if (text !== undefined) {
		yield Buffer.from(text);
		return;
	}
	const line = lineOf(name);
	const piece = Buffer.alloc(Math.max(1, Math.floor(pieceBytes / line.length)) * line.length, line);
	for (let left = sizeBytes; left > 0; left -= piece.length)
		yield piece.subarray(0, Math.min(left, piece.length));
}
