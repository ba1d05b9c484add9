import {services} from './services.ts';
import type {WorldContainer} from './world-container.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

/** Runs out of memory each time it is started, which the world does every now and then. */
export const reportJobName = 'report-job';

const commandOf = (...argv: readonly string[]): WorldContainer['spec'] => ({
	program: {kind: 'command', argv},
	command: argv,
});

/** Beside the shop: jobs, leftovers, and names that are hard to show. */
export const others: readonly WorldContainer[] = [
	{
		name: reportJobName,
		image: 'registry.example.com/platform/report-job:2026.11',
		spec: {
			program: services.report,
			memoryBytes: 256 * 1024 * 1024,
			labels: {'com.example.schedule': 'monthly'},
		},
		now: {status: 'exited', exitCode: 137, sinceMs: 2 * minuteMs, isOom: true},
		ageMs: 4 * dayMs,
	},
	{
		name: 'legacy-import',
		image: 'shop/worker:1.14.0',
		spec: {program: services.worker},
		now: {status: 'paused', upMs: dayMs},
	},
	{
		name: 'integration-environment-for-partner-connectors-compatibility-review-eu-west-1',
		image: 'ghcr.io/example/partner-connectors:0.9',
		spec: {program: services.node},
		now: {status: 'running', upMs: 37 * minuteMs},
	},
	{
		name: '翻訳サービス-1',
		image: 'private.example.com/translate/service:3.2',
		spec: {program: services.node},
		now: {status: 'running', upMs: 6 * dayMs},
	},
	{
		name: 'migrate-2026-11-20',
		image: 'shop/api:1.14.0',
		spec: commandOf('sh', '-c', 'echo applied 3 migrations'),
		now: {status: 'exited', exitCode: 0, sinceMs: 2 * dayMs},
	},
	{
		name: 'backup-nightly',
		image: 'busybox:1.36',
		spec: commandOf('sh', '-c', 'echo backup: disk full; exit 1'),
		now: {status: 'exited', exitCode: 1, sinceMs: 9 * 60 * minuteMs},
	},
	{
		name: 'web-canary',
		image: 'nginx:1.27',
		spec: {program: services.nginx},
		now: {status: 'created'},
		ageMs: 11 * minuteMs,
	},
];
