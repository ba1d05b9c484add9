import process from 'node:process';
import {finished} from 'node:stream/promises';
import {spec, type TestEvent} from 'node:test/reporters';

/** Rows of the summary, by the names that Node's own summary has. */
const noCounts = {tests: 0, suites: 0, pass: 0, fail: 0, cancelled: 0, skipped: 0, todo: 0};

/** What a run of one or more test files has told, from its first event to its summary. */
export type Told = {
	readonly title: string;
	readonly events: readonly TestEvent[];
	readonly durationMs: number;
};

/**
 * Writes several runs of Node's test runner as if they were one: runs that went on side by side come one after the
 * other, whole, and at the end stands one list of what failed, and why, under one summary.
 */
export class Report {
	readonly #printer = new spec();
	readonly #startedAt = performance.now();
	readonly #counts = {...noCounts};
	#isGood = true;

	constructor() {
		this.#printer.pipe(process.stdout);
	}

	/** Whether all that was told so far has passed. */
	get isGood(): boolean {
		return this.#isGood;
	}

	heading(text: string): void {
		this.#say(`\n── ${text}\n`);
	}

	add({title, events, durationMs}: Told): void {
		this.#say(`\n${title}, ${(durationMs / 1000).toFixed(1)} s\n`);
		for (const event of events) {
			// What names no file is of the whole run: here all runs have one summary, at the end.
			const isOfFile = event.data !== undefined && 'file' in event.data && event.data.file !== undefined;
			if (isOfFile) this.#printer.write(event);
			else if (event.type === 'test:summary') this.#count(event.data);
		}
	}

	/** Writes the summary and what failed. */
	async end(): Promise<void> {
		const duration_ms = performance.now() - this.#startedAt;
		for (const [name, count] of Object.entries({...this.#counts, duration_ms}))
			this.#printer.write({
				type: 'test:diagnostic',
				data: {nesting: 0, message: `${name} ${count}`, level: 'info'},
			});
		// Without the name of a file it is that of the whole run, which makes the printer list the failures.
		this.#printer.write({type: 'test:summary', data: {success: this.#isGood, counts: {}, duration_ms}});
		this.#printer.end();
		await finished(this.#printer);
	}

	#count({counts, success}: (TestEvent & {readonly type: 'test:summary'})['data']): void {
		const {tests, suites, passed, cancelled, skipped, todo} = counts;
		const fail = tests - passed - cancelled - skipped - todo;
		const own = {tests, suites, pass: passed, fail, cancelled, skipped, todo};
		for (const name of ['tests', 'suites', 'pass', 'fail', 'cancelled', 'skipped', 'todo'] as const)
			this.#counts[name] += own[name];
		this.#isGood &&= success;
	}

	#say(message: string): void {
		this.#printer.write({type: 'test:stdout', data: {message}});
	}
}
