import {jsonValue} from '../../engine/decode/read.ts';

/** @returns `undefined` for what is no JSON */
export const parseJson = (body: Buffer): unknown => {
	try {
		return jsonValue(JSON.parse(body.toString('utf8')));
	} catch {
		return undefined;
	}
};
