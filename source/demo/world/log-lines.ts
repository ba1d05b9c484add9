import type {ChatterFacts} from '../containers/program.ts';

type Line = string | {readonly stream: 'stdout' | 'stderr'; readonly text: string};

const pick = <T>(items: readonly [T, ...T[]], chance: number): T =>
	items[Math.floor(chance * items.length)] ?? items[0];

const paths = [
	'/',
	'/cart',
	'/products/1042',
	'/products/77',
	'/api/orders',
	'/api/session',
	'/static/app.css',
] as const;
const agents = ['Mozilla/5.0 (X11; Linux x86_64)', 'Mozilla/5.0 (Macintosh)', 'curl/8.11.0'] as const;

const statusOf = (chance: number): number =>
	chance > 0.985 ? 503 : chance > 0.95 ? 404 : chance > 0.9 ? 304 : 200;

const addressOf = (chance: number): string => `203.0.113.${Math.floor(chance * 250) + 1}`;

/** A line of an access log. */
export const webRequest = ({at, chance}: ChatterFacts): Line => {
	const bytes = Math.floor(chance(3) * 24_000);
	const time = new Date(at).toISOString().slice(0, 19);
	return `${addressOf(chance(0))} - - [${time}Z] "GET ${pick(paths, chance(1))} HTTP/1.1" ${statusOf(chance(2))} ${bytes} "-" "${pick(agents, chance(4))}"`;
};

/** A structured line of an application, now and then an error. */
export const jsonRequest = ({index, at, chance}: ChatterFacts): Line => {
	const status = statusOf(chance(2));
	const entry = {
		level: status >= 500 ? 'error' : 'info',
		time: new Date(at).toISOString(),
		msg: status >= 500 ? 'upstream timed out' : 'request',
		path: pick(paths, chance(1)),
		status,
		ms: Math.round((2 + 180 * chance(5) ** 4) * 10) / 10,
		request: (0x10000 + index).toString(16),
	};
	const text = JSON.stringify(entry);
	return status >= 500 ? {stream: 'stderr', text} : text;
};

/** A worker's progress, in colour as many write it. */
export const queueLine = ({index, chance}: ChatterFacts): Line => {
	const job = `job ${41_000 + index}`;
	const kind = pick(['resize-image', 'send-mail', 'sync-stock', 'invoice'], chance(1));
	if (chance(2) > 0.96)
		return {stream: 'stderr', text: `\u001b[33mWARN\u001b[0m ${job} ${kind}: retry 1 of 3 (deadline)`};
	return `\u001b[32mINFO\u001b[0m ${job} ${kind} done in ${Math.floor(20 + 900 * chance(3) ** 2)} ms`;
};

export const postgresLine = ({index, chance}: ChatterFacts): Line => {
	const text =
		chance(1) > 0.8
			? `LOG:  duration: ${(200 + 1800 * chance(2)).toFixed(3)} ms  statement: SELECT * FROM orders WHERE status = 'open'`
			: index % 2 === 0
				? 'LOG:  checkpoint starting: time'
				: `LOG:  checkpoint complete: wrote ${Math.floor(20 + 400 * chance(3))} buffers`;
	return {stream: 'stderr', text};
};

export const redisLine = ({index, chance}: ChatterFacts): Line =>
	index % 2 === 0
		? `1:M * ${Math.floor(100 + 900 * chance(1))} changes in 300 seconds. Saving...`
		: '1:M * DB saved on disk';
