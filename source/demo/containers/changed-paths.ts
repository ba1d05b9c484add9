import type {DemoContainer} from './container-types.ts';

/** As the API numbers them. */
const kinds = {modified: 0, added: 1, deleted: 2} as const;

type Written = Readonly<Record<string, keyof typeof kinds>>;

const common: Written = {
	'/etc': 'modified',
	'/etc/app.conf': 'modified',
	'/etc/motd': 'deleted',
	'/root': 'modified',
	'/root/.ash_history': 'added',
	'/run': 'modified',
	'/run/app.pid': 'added',
	'/tmp': 'modified',
	'/tmp/cache': 'added',
	'/tmp/cache/index.json': 'added',
	'/var': 'modified',
	'/var/log': 'modified',
	'/var/log/app': 'added',
};

/** `GET /containers/{id}/changes`: what it has written so far, a log file for each of its runs. */
export const changedPaths = ({startedAt, restartCount, spec}: DemoContainer): object | null => {
	if (startedAt === undefined) return null;
	const logs = Array.from(
		{length: restartCount + 1},
		(_, run) => [`/var/log/app/run-${run}.log`, 'added'] as const,
	);
	const mounts = spec.mounts.map(({destination}) => [destination, 'added'] as const);
	const written: Written = {...common, ...Object.fromEntries([...logs, ...mounts])};
	return Object.entries(written).map(([Path, kind]) => ({Path, Kind: kinds[kind]}));
};
