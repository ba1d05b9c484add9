import type {Clock} from '../clock.ts';
import type {Telling} from '../command-lines/call.ts';
import {sanitise} from '../format/sanitise.ts';
import type {Transfer} from '../state/model.ts';
import {progressLine} from './progress-line.ts';

/** Hears how one transfer after the other goes. */
export type Teller = {
	/** What the engine has just said of it. */
	readonly said: (reference: string, line: TellableLine) => void;
	/** At most ten times a second. */
	readonly progressed: (transfer: Transfer) => void;
	readonly ended: (transfer: Transfer, digest: string | undefined) => void;
};

/** Of one layer, or of the whole. */
export type TellableLine = {readonly layerId?: string; readonly status: string};

type Output = {
	readonly columns?: number;
	readonly isTTY?: boolean;
	readonly write: (text: string) => unknown;
};
type Outputs = {readonly stdout: Output; readonly stderr: Output};

const eraseLine = '\r\u001B[K';

const drawnBar = (output: Output, clock: Clock) => ({
	draw(transfer: Transfer): void {
		const width = (output.columns ?? 80) - 1;
		output.write(`${eraseLine}${progressLine(transfer, clock.now(), width)}`);
	},
	erase(): void {
		output.write(eraseLine);
	},
});

const noBar = {draw: () => undefined, erase: () => undefined};

/** What became of it: `nginx:1.27  sha256:…  up to date`. */
const resultLine = ({reference, message, kind, results}: Transfer, digest: string | undefined): string => {
	const what = kind === 'push' ? 'pushed' : message.includes('up to date') ? 'up to date' : 'pulled';
	const names = results.length > 0 ? results : [reference];
	return names
		.map(name => `${sanitise(name)}  ${digest === undefined ? '' : `${digest}  `}${what}\n`)
		.join('');
};

/** For people: a bar on a terminal; else a line for each thing that happened, as docker has them. */
const textTeller = ({stdout, stderr}: Outputs, clock: Clock): Teller => {
	const isDrawn = stderr.isTTY === true;
	const bar = isDrawn ? drawnBar(stderr, clock) : noBar;
	return {
		said(_, line) {
			if (isDrawn) return;
			const of = line.layerId === undefined ? '' : `${sanitise(line.layerId)}: `;
			stdout.write(`${of}${sanitise(line.status)}\n`);
		},
		progressed: bar.draw,
		ended(transfer, digest) {
			bar.erase();
			if (transfer.status === 'done') stdout.write(resultLine(transfer, digest));
		},
	};
};

const quietTeller = ({stdout}: Outputs): Teller => ({
	said: () => undefined,
	progressed: () => undefined,
	ended({status, results, reference}) {
		if (status !== 'done') return;
		for (const name of results.length > 0 ? results : [reference]) stdout.write(`${sanitise(name)}\n`);
	},
});

/** How often bytes are told to scripts. */
const amountMs = 250;

/** One object a line: `layer` when one has another state, `progress` now and then, `result` at the end. */
const jsonTeller = ({stdout}: Outputs, clock: Clock): Teller => {
	const print = (value: object): void => {
		stdout.write(`${JSON.stringify(value)}\n`);
	};
	let toldAt = Number.NEGATIVE_INFINITY;
	return {
		said(reference, {layerId, status}) {
			print({
				...(layerId === undefined
					? {event: 'status', reference}
					: {event: 'layer', reference, layer: layerId}),
				status,
			});
		},
		progressed({reference, bytesDone, bytesTotal}) {
			const now = clock.now();
			if (now - toldAt < amountMs || bytesTotal === 0) return;
			toldAt = now;
			print({event: 'progress', reference, doneBytes: bytesDone, totalBytes: bytesTotal});
		},
		ended({reference, status, results, message, fault}, digest) {
			print({
				event: 'result',
				reference,
				outcome: status,
				...(digest !== undefined && {digest}),
				...(results.length > 0 && {names: results}),
				...(status === 'done' && message !== '' && {status: message}),
				...(fault !== undefined && {error: {kind: fault.kind, message: fault.message}}),
			});
		},
	};
};

export const tellerFor = (telling: Telling, outputs: Outputs, clock: Clock): Teller => {
	switch (telling) {
		case 'text':
			return textTeller(outputs, clock);
		case 'quiet':
			return quietTeller(outputs);
		case 'json':
			return jsonTeller(outputs, clock);
	}
};
