import {DemoError} from '../contract.ts';

const engineOfMinor: Readonly<Record<number, string>> = {
	41: '20.10.24',
	42: '23.0.6',
	43: '24.0.9',
	44: '25.0.5',
	45: '26.1.5',
	46: '27.0.3',
	47: '27.5.1',
	48: '28.0.4',
	49: '28.1.1',
	50: '28.2.2',
	51: '28.5.2',
};

export type EngineVersion = {
	/** e.g. `1.51` */
	readonly api: string;
	readonly apiMinor: number;
	/** e.g. `28.5.2` */
	readonly engine: string;
	/** The oldest API it speaks. */
	readonly oldestApi: string;
	readonly oldestMinor: number;
};

/** @throws RangeError for an API version that no such engine speaks */
export const engineVersion = (api: string): EngineVersion => {
	const apiMinor = Number(/^1\.(\d+)$/.exec(api)?.[1]);
	const engine = engineOfMinor[apiMinor];
	if (engine === undefined) throw new RangeError(`the demo engine speaks API 1.41 to 1.51, not ${api}`);
	const oldestMinor = apiMinor < 44 ? 12 : 24;
	return {api, apiMinor, engine, oldestApi: `1.${oldestMinor}`, oldestMinor};
};

export type VersionedPath = {readonly path: string; readonly apiMinor: number};

/**
 * Takes `/v1.41` off a path.
 * @throws DemoError 400 for a version that the engine does not speak
 */
export const versionedPath = (path: string, version: EngineVersion): VersionedPath => {
	const [prefix, minor] = /^\/v1\.(\d+)(?=\/)/.exec(path) ?? [];
	if (prefix === undefined || minor === undefined) return {path, apiMinor: version.apiMinor};
	const apiMinor = Number(minor);
	if (apiMinor > version.apiMinor)
		throw new DemoError(
			400,
			`client version 1.${minor} is too new. Maximum supported API version is ${version.api}`,
		);
	if (apiMinor < version.oldestMinor)
		throw new DemoError(
			400,
			`client version 1.${minor} is too old. Minimum supported API version is ${version.oldestApi}, please upgrade your client to a newer version`,
		);
	return {path: path.slice(prefix.length), apiMinor};
};
