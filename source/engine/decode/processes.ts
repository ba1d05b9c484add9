import {EngineError} from '../errors.ts';
import type {ContainerProcess} from '../process-types.ts';
import {list, record, texts} from './read.ts';

/** A value by the title of its column; the first of the titles that is there and not empty. */
type Read = (...titles: readonly string[]) => string | undefined;

const numberIn = (value: string | undefined): number | undefined => {
	const number = value === undefined || value === '' ? Number.NaN : Number(value.replace(/%$/, ''));
	return Number.isFinite(number) && number >= 0 ? number : undefined;
};

const unitSeconds: Readonly<Record<string, number>> = {
	d: 86_400,
	h: 3600,
	m: 60,
	s: 1,
	ms: 0.001,
	µs: 0.000001,
	ns: 0,
};

/** `[[dd-]hh:]mm:ss` */
const clockSeconds = (value: string): number | undefined => {
	const parts = /^(?:(\d+)-)?(?:(\d+):)?(\d+):(\d+)(?:\.\d+)?$/.exec(value);
	if (parts === null) return undefined;
	const [, days = '0', hours = '0', minutes = '0', seconds = '0'] = parts;
	return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds);
};

/** Seconds of a span of time: whole seconds, `1-02:03:04` as `ps` writes it, `1h2m3.5s` as Go does. */
export const spanSeconds = (value: string | undefined): number | undefined => {
	if (value === undefined) return undefined;
	const known = numberIn(value) ?? clockSeconds(value);
	if (known !== undefined) return known;
	if (!/^(?:\d+(?:\.\d+)?(?:d|h|ms|µs|ns|m|s))+$/.test(value)) return undefined;
	return [...value.matchAll(/(\d+(?:\.\d+)?)(d|h|ms|µs|ns|m|s)/g)].reduce(
		(sum, [, amount, unit = 's']) => sum + Number(amount) * (unitSeconds[unit] ?? 0),
		0,
	);
};

const powers = ' kmgt';

/** Bytes of an amount in KiB, as `ps` gives it; busybox shortens to `1.2m`, Windows writes `1.2MB`. */
const amountBytes = (value: string | undefined): number | undefined => {
	const parts = /^(\d+(?:\.\d+)?)([kmgt])?(i?b)?$/i.exec(value ?? '');
	if (parts === null) return undefined;
	const [, amount, letter, byte] = parts;
	const power = letter === undefined ? (byte === undefined ? 1 : 0) : powers.indexOf(letter.toLowerCase());
	return Math.round(Number(amount) * 1024 ** power);
};

const processOf = (read: Read): ContainerProcess | undefined => {
	const pid = numberIn(read('PID', 'HPID'));
	if (pid === undefined) return undefined;
	const optional = {
		parentPid: numberIn(read('PPID')),
		// `C` is the same in whole percents.
		cpuPercent: numberIn(read('%CPU', 'C')),
		memoryPercent: numberIn(read('%MEM')),
		rssBytes: amountBytes(read('RSS', 'RSZ', 'Private Working Set')),
		cpuSeconds: spanSeconds(read('TIME', 'CPU')),
		elapsedSeconds: spanSeconds(read('ELAPSED')),
		startText: read('STIME', 'START', 'STARTED'),
	};
	const told = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
	return {
		...told,
		pid,
		user: read('USER', 'UID', 'EUID', 'RUSER') ?? '',
		state: read('STAT', 'S', 'STATE') ?? '',
		command: read('COMMAND', 'CMD', 'ARGS', 'Name') ?? '',
	};
};

/** Where Podman runs a `ps` of the container's own, it hands out its lines as they are. */
const cellsOf = (cells: readonly string[], count: number): readonly string[] => {
	const [line] = cells;
	if (line === undefined || cells.length > 1) return cells;
	const words = line.trim().split(/\s+/);
	return words.length <= count ? words : [...words.slice(0, count - 1), words.slice(count - 1).join(' ')];
};

/**
 * `GET /containers/{id}/top`: `{"Titles": [...], "Processes": [[...]]}`. The titles are those of whatever `ps` ran:
 * what is known by its title is taken, in whatever order.
 * @throws EngineError `protocol` when there is no column of process ids
 */
export const decodeProcesses = (value: unknown): readonly ContainerProcess[] => {
	const root = record(value);
	const titles = cellsOf(texts(root.Titles), Number.POSITIVE_INFINITY);
	const places = new Map(titles.map((title, index) => [title.trim().toLowerCase(), index]));
	if (!places.has('pid') && !places.has('hpid')) {
		throw new EngineError('protocol', "the engine's list of processes has no column PID");
	}
	return list(root.Processes).flatMap(row => {
		const cells = cellsOf(texts(row), titles.length);
		const read: Read = (...names) => {
			for (const name of names) {
				const place = places.get(name.toLowerCase());
				const cell = place === undefined ? undefined : cells[place]?.trim();
				if (cell !== undefined && cell !== '' && cell !== '-') return cell;
			}
			return undefined;
		};
		return processOf(read) ?? [];
	});
};
