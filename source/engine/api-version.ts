/** The newest API whose answers Gantry was written and tested against. */
const newestKnown = '1.51';

/** Compares versions by number: `1.9` is older than `1.41`. */
export const isAtLeast = (version: string, wanted: string): boolean => {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [wantedMajor = 0, wantedMinor = 0] = wanted.split('.').map(Number);
	return major === wantedMajor ? minor >= wantedMinor : major > wantedMajor;
};

/** @param offered the engine's newest, from the `Api-Version` header of `/_ping`; `undefined` when it sent none */
export const negotiate = (offered: string | undefined): string => {
	if (offered === undefined || !/^\d+\.\d+$/.test(offered)) return newestKnown;
	return isAtLeast(offered, newestKnown) ? newestKnown : offered;
};
