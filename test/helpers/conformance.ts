import assert from 'node:assert/strict';
import {callDocker} from './docker.ts';
import {shapeFaults} from './shape.ts';

/** A command, and in what both engines have to agree. */
export type Row = {
	/** Arguments of the docker client; double quotes hold one together. */
	readonly run: string;
	/**
	 * - `everything` (when absent): exit code and both outputs, without ids, times and names
	 * - `heading`: exit code, errors, and the first line
	 * - `steps`: exit code, errors, and which kinds of lines there are
	 * - `exit`: exit code, and whether there were errors
	 * - `shape`: exit code, and the types of all fields of the real engine's JSON, but for the places named
	 */
	readonly alike?: 'everything' | 'heading' | 'steps' | 'exit' | {readonly shape: readonly string[]};
	/** Why words and exit codes are other ones: then it counts whether it failed. */
	readonly differs?: string;
};

/** One of the two engines, and what the words in capitals mean there. */
export type Side = {readonly host: string; readonly words: Readonly<Record<string, () => string>>};

type Answer = {readonly code: number | null; readonly output: string; readonly errors: string};

/** Runs a row on both sides at the same time. @throws AssertionError on how they differ */
export async function compare(row: Row, real: Side, demo: Side): Promise<void> {
	const [expected, actual] = await Promise.all([run(row, real), run(row, demo)]);
	assert.deepEqual(look(row, actual, expected), look(row, expected, expected));
}

async function run(row: Row, side: Side): Promise<Answer> {
	const {code, output, errors} = await callDocker(
		side.host,
		words(row.run).map(word => filled(word, side)),
	);
	const isShape = typeof row.alike === 'object';
	return {
		code,
		output: isShape ? output.toString() : masked(output.toString(), side),
		errors: masked(errors.toString(), side),
	};
}

/** States of a layer that an engine leaves out when they are over before they could be told. */
const passing = / (?:Waiting|Verifying Checksum|Download complete)$/;

/** What counts of an answer. A fault of the shape is told instead of it. */
function look({alike = 'everything', differs}: Row, answer: Answer, expected: Answer): unknown {
	const {code, output, errors} = answer;
	if (differs !== undefined) return {isFailure: code !== 0, hasErrors: errors !== ''};
	if (alike === 'exit') return {code, hasErrors: errors !== ''};
	const lines = output.trimEnd().split('\n');
	switch (alike) {
		case 'everything':
			return answer;
		case 'heading':
			return {code, errors, heading: lines[0]};
		case 'steps':
			return {
				code,
				errors,
				steps: [...new Set(lines.map(line => line.replaceAll(/\S*[:@/]\S*/g, 'ID')))]
					.filter(step => !passing.test(step))
					.sort(),
			};
		default:
			return {code, errors, faults: shapeFaults(parsed(expected.output), parsed(output), alike.shape)};
	}
}

/** JSON as a whole, or a list of the values of its lines. */
function parsed(output: string): unknown {
	const lines = output.trim().split('\n');
	return lines.length === 1 || lines[0] === '[' ? JSON.parse(output) : lines.map(line => JSON.parse(line));
}

function words(line: string): readonly string[] {
	return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');
}

function filled(word: string, {words: meanings}: Side): string {
	return Object.entries(meanings).reduce((text, [name, meaning]) => text.replaceAll(name, meaning), word);
}

const masks: readonly (readonly [RegExp, string])[] = [
	[/\b[\da-f]{64}\b|\b[\da-f]{12}\b/g, 'HEX'],
	[/\d{4}-\d{2}-\d{2}T[\d:.]+Z/g, 'TIME'],
	[/(Less than a|About an?|\d+) (second|minute|hour|day|week|month|year)s?/g, 'SPAN'],
	[/ +/g, ' '],
];

/** Without what differs between any two engines: names, ids, times, the width of columns. */
function masked(text: string, {words: meanings}: Side): string {
	const named = Object.entries(meanings).reduce(
		(all, [name, meaning]) => (meaning() === '' ? all : all.replaceAll(meaning(), name)),
		text,
	);
	return masks.reduce((all, [pattern, mask]) => all.replaceAll(pattern, mask), named);
}
