import {once} from 'node:events';
import {connect, createServer, type Server} from 'node:net';
import {dockerAt} from '../test/helpers/docker.ts';
import {screenshot} from '../test/helpers/screenshot.ts';
import {openTerminal} from '../test/helpers/terminal.ts';
import {startEngine} from './engine/throwaway.ts';

const base = 'gantry-test/busy:1';

/** A load of about this many thousand additions a second. */
const busy = (thousands: number): string =>
	`while :; do i=0; while [ $i -lt ${thousands}000 ]; do i=$((i+1)); done; sleep 0.5; done`;

type Part = {
	readonly name: string;
	readonly image: string;
	readonly options?: readonly string[];
	readonly command: readonly string[];
};

const service = (project: string, name: string): readonly string[] => [
	'--label',
	`com.docker.compose.project=${project}`,
	'--label',
	`com.docker.compose.service=${name}`,
];

const world: readonly Part[] = [
	{
		name: 'shop-api-1',
		image: 'registry.example.com/shop/api:1.4.2',
		options: [...service('shop', 'api'), '--publish', '127.0.0.1:18080:8080', '--memory', '256m'],
		command: ['sh', '-c', busy(120)],
	},
	{
		name: 'shop-db-1',
		image: 'postgres:17',
		options: [
			...service('shop', 'db'),
			'--memory',
			'512m',
			'--health-cmd',
			'true',
			'--health-interval',
			'1s',
		],
		command: ['sh', '-c', busy(30)],
	},
	{
		name: 'shop-cache-1',
		image: 'redis:7.4',
		options: service('shop', 'cache'),
		command: ['sh', '-c', busy(8)],
	},
	{
		name: 'shop-worker-1',
		image: 'registry.example.com/shop/api:1.4.2',
		options: [
			...service('shop', 'worker'),
			'--health-cmd',
			'false',
			'--health-interval',
			'1s',
			'--health-retries',
			'1',
		],
		command: ['sh', '-c', busy(20)],
	},
	{
		name: 'shop-web-1',
		image: 'shop/web:2026-11',
		options: [...service('shop', 'web'), '--publish', '127.0.0.1:18443:443'],
		command: ['sleep', '3600'],
	},
	{
		name: 'metrics-collector-1',
		image: 'otel/collector:0.140',
		options: service('metrics', 'collector'),
		command: ['sh', '-c', busy(15)],
	},
	{
		name: 'metrics-store-1',
		image: 'prom/prometheus:3.7',
		options: service('metrics', 'store'),
		command: ['sleep', '3600'],
	},
	{name: 'nightly-export', image: 'shop/export:12', command: ['sh', '-c', 'exit 3']},
	{name: 'mailcatcher', image: 'mailcatcher:0.10', command: ['sleep', '3600']},
];

const build = async (docker: (...args: readonly string[]) => Promise<string>): Promise<void> => {
	for (const tag of new Set(world.map(({image}) => image))) await docker('tag', base, tag);
	await docker('rmi', base);
	for (const {name, image, options = [], command} of world) {
		await docker('run', '--detach', '--name', name, ...options, image, ...command);
	}
	await docker('pause', 'metrics-store-1');
};

/** The engine's socket under an address that is the same on every machine, as the picture shows it. */
const serve = async (socketPath: string): Promise<Server> => {
	const server = createServer(client => {
		const engine = connect(socketPath);
		client.pipe(engine).pipe(client);
		client.on('error', () => engine.destroy());
		engine.on('error', () => client.destroy());
	});
	server.listen(2375, '127.0.0.1');
	await once(server, 'listening');
	return server;
};

/** The layer-tree inspector, on the embedded engine: its images have something to find. */
export const drawLayers = async (): Promise<string> => {
	await using app = await openTerminal({
		args: ['--demo'],
		columns: 160,
		rows: 36,
		env: {COLORTERM: 'truecolor', XDG_CACHE_HOME: '/nonexistent'},
	});
	await app.press('2', '/');
	await app.type('shop/api');
	await app.press('enter');
	await app.sees(/shop\/api:\S+ +\w{12}/);
	await app.press('enter');
	await app.until('all was read', () => /Layers \d+ {2}\d/.test(app.text()), {within: 60_000});
	await app.press('j', 'j', 'j', 'j', 'j');
	await app.sees('Files of layer 6');
	await app.press('tab', '.');
	await app.until('it has gone to a change', () => app.text().includes('▾'));
	return screenshot(app);
};

/** What is outdated, on the embedded engine: its registries have something newer. */
export const drawOutdated = async (): Promise<string> => {
	await using app = await openTerminal({
		args: ['--demo'],
		columns: 160,
		rows: 22,
		env: {COLORTERM: 'truecolor', XDG_CACHE_HOME: '/nonexistent'},
	});
	await app.sees('shop-api-1');
	await app.press(':');
	await app.type('outdated');
	await app.press('enter');
	await app.sees('newer there');
	await app.until('all were asked', () => /there [0-9a-f]{12} \(made/.test(app.text()), {within: 30_000});
	return screenshot(app);
};

/** Gantry as it is on a real engine with a little world in it, as SVG pictures. */
export const drawScreenshots = async (): Promise<{
	readonly dashboard: string;
	readonly container: string;
}> => {
	await using engine = await startEngine();
	await build(async (...args) => dockerAt(engine.host, ...args));
	const server = await serve(engine.host.replace('unix://', ''));
	await using app = await openTerminal({
		args: ['-H', 'tcp://127.0.0.1:2375'],
		columns: 160,
		rows: 36,
		env: {COLORTERM: 'truecolor'},
	});
	await app.sees('nightly-export');
	await app.press('v');
	await app.press('P');
	await app.type(`${engine.registry}/gantry-test/layers:1`);
	await app.press('enter');
	await app.sees(/layers:1 +\S* +100%/);
	await app.press('g', 'j', 'j', 'j', 'j');
	// Half a minute of readings, so that the graphs show what they show in use.
	await app.until('the toast is gone', () => !app.text().includes('pulled'));
	await app.line(/CPU +\d/);
	const from = Date.now();
	await app.until('the graphs have filled', () => Date.now() - from > 30_000, {within: 60_000});
	const dashboard = screenshot(app);
	await app.press('enter', 'M');
	await app.sees('Capabilities');
	const container = screenshot(app);
	server.close();
	return {dashboard, container};
};
