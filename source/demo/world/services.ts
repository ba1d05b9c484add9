import type {Load, ServiceProgram} from '../containers/program.ts';
import {jsonRequest, postgresLine, queueLine, redisLine, webRequest} from './log-lines.ts';

const MiB = 1024 * 1024;

const load: Load = {
	cpuPercent: 1,
	swing: 0.6,
	memoryBytes: 40 * MiB,
	leakBytesPerSecond: 0,
	receivedPerSecond: 900,
	sentPerSecond: 1400,
	readPerSecond: 0,
	writtenPerSecond: 300,
	pids: 6,
};

const service = (own: Partial<ServiceProgram>): ServiceProgram => ({
	kind: 'service',
	load,
	processes: ['node server.js'],
	greeting: [],
	termination: {afterMs: 180, code: 0},
	...own,
});

/** How programs behave that are more than a command. */
export const services = {
	nginx: service({
		load: {
			...load,
			cpuPercent: 2.4,
			memoryBytes: 14 * MiB,
			receivedPerSecond: 18_000,
			sentPerSecond: 96_000,
			pids: 9,
		},
		processes: [
			'nginx: master process nginx -g daemon off;',
			'nginx: worker process',
			'nginx: worker process',
		],
		greeting: ['[notice] 1#1: nginx/1.27.3', '[notice] 1#1: start worker processes'],
		chatter: {everyMs: 350, line: webRequest},
	}),
	node: service({
		load: {
			...load,
			cpuPercent: 6,
			memoryBytes: 96 * MiB,
			receivedPerSecond: 6000,
			sentPerSecond: 22_000,
			pids: 11,
		},
		greeting: ['server listening on :3000'],
		chatter: {everyMs: 1800, line: jsonRequest},
	}),
	api: service({
		load: {
			...load,
			cpuPercent: 38,
			swing: 0.7,
			memoryBytes: 212 * MiB,
			receivedPerSecond: 12_000,
			sentPerSecond: 34_000,
			pids: 23,
		},
		processes: ['node api.js', 'node worker-thread.js'],
		greeting: [
			'loading configuration from /app/config',
			'connected to db:5432',
			'api 1.14.0 listening on :8080',
		],
		chatter: {everyMs: 700, line: jsonRequest},
	}),
	worker: service({
		load: {...load, cpuPercent: 71, swing: 0.9, memoryBytes: 164 * MiB, writtenPerSecond: 9000, pids: 14},
		processes: ['node worker.js'],
		greeting: ['queue worker 1.14.0 ready, concurrency 4'],
		chatter: {everyMs: 1300, line: queueLine},
	}),
	postgres: service({
		load: {
			...load,
			cpuPercent: 9,
			memoryBytes: 540 * MiB,
			readPerSecond: 41_000,
			writtenPerSecond: 118_000,
			receivedPerSecond: 21_000,
			sentPerSecond: 48_000,
			pids: 17,
		},
		processes: [
			'postgres',
			'postgres: checkpointer',
			'postgres: background writer',
			'postgres: walwriter',
			'postgres: shop shop 172.20.0.4(51234) idle',
		],
		greeting: [
			'LOG:  starting PostgreSQL 17.2 on x86_64-pc-linux-gnu',
			'LOG:  listening on IPv4 address "0.0.0.0", port 5432',
			'LOG:  database system is ready to accept connections',
		],
		chatter: {everyMs: 5200, line: postgresLine},
		termination: {afterMs: 350, code: 0},
	}),
	redis: service({
		load: {
			...load,
			cpuPercent: 1.8,
			memoryBytes: 22 * MiB,
			receivedPerSecond: 9000,
			sentPerSecond: 15_000,
			pids: 6,
		},
		processes: ['redis-server *:6379'],
		greeting: [
			'1:C * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo',
			'1:M * Ready to accept connections tcp',
		],
		chatter: {everyMs: 9000, line: redisLine},
	}),
	grafana: service({
		load: {...load, cpuPercent: 3.1, memoryBytes: 118 * MiB, pids: 19},
		processes: ['grafana server --homepath=/usr/share/grafana'],
		greeting: ['logger=settings level=info msg="Starting Grafana" version=11.3.0'],
		chatter: {everyMs: 7000, line: jsonRequest},
	}),
	/** Reads more than it may: the kernel ends it. */
	report: service({
		load: {
			...load,
			cpuPercent: 88,
			swing: 0.3,
			memoryBytes: 40 * MiB,
			leakBytesPerSecond: 6 * MiB,
			readPerSecond: 2_400_000,
			pids: 4,
		},
		processes: ['report --monthly'],
		greeting: ['report: month 2026-11', 'report: loading orders into memory'],
		chatter: {everyMs: 900, line: ({index}) => `report: ${(index + 1) * 18_400} orders loaded`},
		exit: {afterMs: 36_000, code: 137, isOom: true},
		termination: {afterMs: 60, code: 143},
	}),
	/** Its configuration lacks something, so it ends as soon as it sees that. */
	faulty: service({
		load: {...load, cpuPercent: 12, memoryBytes: 31 * MiB, pids: 7},
		processes: ['node payments.js'],
		greeting: [
			'payments 0.9.2 starting',
			'Error: PAYMENTS_API_KEY is not set',
			'    at loadConfig (/app/config.js:41:11)',
			'    at main (/app/payments.js:8:18)',
		],
		exit: {afterMs: 2500, code: 1},
	}),
} as const satisfies Readonly<Record<string, ServiceProgram>>;

export type ServiceName = keyof typeof services;
