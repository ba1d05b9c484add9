import {existsSync, readFileSync} from 'node:fs';
import {sanitise} from '../format/sanitise.ts';
import {type CiRules, defaultRules} from '../layers/reports/ci.ts';
import {CiFileError, parseCiFile} from '../layers/reports/ci-file.ts';

const defaultFile = '.dive-ci';

const readRules = (file: string) => {
	try {
		return parseCiFile(readFileSync(file, 'utf8'), file);
	} catch (error) {
		if (error instanceof CiFileError) throw error;
		const words = error instanceof Error ? error.message : String(error);
		throw new CiFileError(`${file}: it cannot be read (${words.replace(/, open .*/, '')})`);
	}
};

/**
 * The rules of a file, those of the command line, and dive's own where both say nothing.
 * @param file absent: `.dive-ci` of the working directory, if there is one
 * @param warn is told of keys that are no rules
 * @throws CiFileError
 */
export const rulesFrom = (
	{file, rules}: {readonly file?: string; readonly rules: Partial<CiRules>},
	warn: (text: string) => void,
): CiRules => {
	const path = file ?? (existsSync(defaultFile) ? defaultFile : undefined);
	if (path === undefined) return {...defaultRules, ...rules};
	const found = readRules(path);
	for (const key of found.ignored) warn(`${path}: "${sanitise(key)}" is no rule known here, it is left out`);
	return {...defaultRules, ...found.rules, ...rules};
};
