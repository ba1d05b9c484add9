/** FNV-1a over a latin1 name; 32 bits. */
export const nameHash = (name: string): number => {
	let hash = 0x811c9dc5;
	for (let index = 0; index < name.length; index++)
		hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
	return hash;
};

/** A name's hash with its directory's number in it, stirred so that the low bits differ; not negative. */
export const mixed = (parent: number, hash: number): number => {
	const stirred = Math.imul(hash ^ Math.imul(parent, 0x9e3779b1), 0x85ebca6b);
	return (stirred ^ (stirred >>> 15)) >>> 1;
};
