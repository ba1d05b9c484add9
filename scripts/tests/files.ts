import {globSync, statSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '../..');

/** Files with tests, relative to the root of the project, by what they need. */
export type TestFiles = {
	/** No engine. */
	readonly unit: readonly string[];
	/** An engine, and nothing of any other: files on several engines run side by side. The longest come first. */
	readonly onEngine: readonly string[];
	/**
	 * `*.alone.test.ts`: an engine and the machine for themselves, as they measure times or shares of the processor.
	 * Each takes its time from every run of all tests, so only the tests that need it are in them.
	 */
	readonly alone: readonly string[];
};

/** What takes longest, longest first. A list that is out of date costs seconds, nothing else. */
const longest = [
	'sessions',
	'recreate',
	'operations',
	'conformance',
	'logs',
	'journeys',
	'faults',
	'files',
	'inspector',
];

/** @param wanted files and folders; none means all. */
export function testFiles(wanted: readonly string[]): TestFiles {
	const paths = wanted.length === 0 ? ['test'] : wanted;
	const found = paths.flatMap(path =>
		statSync(join(root, path)).isDirectory()
			? globSync(join(path, '**/*.test.{ts,tsx}'), {cwd: root})
			: [path],
	);
	const files = [...new Set(found)].sort();
	const endToEnd = files.filter(file => file.startsWith('test/e2e/'));
	return {
		unit: files.filter(file => !endToEnd.includes(file)),
		onEngine: endToEnd.filter(file => !isAlone(file)).sort((left, right) => placeOf(left) - placeOf(right)),
		alone: endToEnd.filter(isAlone),
	};
}

const isAlone = (file: string): boolean => /\.alone\.test\.tsx?$/.test(file);

function placeOf(file: string): number {
	const place = longest.findIndex(name => file === `test/e2e/${name}.test.ts`);
	return place === -1 ? longest.length : place;
}
