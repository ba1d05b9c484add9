import type {DemoImageSettings} from '../contract.ts';
import {type Instruction, pairsOf, wordsOf} from './dockerfile.ts';

/** What of an image's configuration a build can set: what containers know, and the rest as it is stored. */
export type BuildSettings = {
	readonly settings: DemoImageSettings;
	readonly more: Readonly<Record<string, unknown>>;
};

const withNew = (names: readonly string[], added: readonly string[]): readonly string[] => [
	...new Set([...names, ...added]),
];

const command = (value: string): readonly string[] =>
	value.startsWith('[') ? wordsOf(value) : ['/bin/sh', '-c', value];

const withEnvironment = (
	environment: readonly string[],
	pairs: readonly (readonly [string, string])[],
): readonly string[] => [
	...environment.filter(pair => !pairs.some(([key]) => pair.startsWith(`${key}=`))),
	...pairs.map(([key, value]) => `${key}=${value}`),
];

/** The settings after an instruction that changes nothing else. */
export const settingsAfter = (
	{settings, more}: BuildSettings,
	{word, value, flags}: Pick<Instruction, 'word' | 'value' | 'flags'>,
): BuildSettings => {
	const set = (change: Partial<DemoImageSettings>): BuildSettings => ({
		settings: {...settings, ...change},
		more,
	});
	switch (word) {
		case 'ENV':
			return set({environment: withEnvironment(settings.environment, pairsOf(value))});
		case 'LABEL':
			return set({labels: {...settings.labels, ...Object.fromEntries(pairsOf(value))}});
		case 'CMD':
			return set({command: command(value)});
		case 'ENTRYPOINT':
			return set({entrypoint: command(value), command: []});
		case 'USER':
			return set({user: value});
		case 'WORKDIR':
			return set({
				workingDirectory: value.startsWith('/') ? value : `${settings.workingDirectory}/${value}`,
			});
		case 'EXPOSE': {
			const ports = wordsOf(value).map(port => (port.includes('/') ? port : `${port}/tcp`));
			return set({exposedPorts: withNew(settings.exposedPorts, ports)});
		}
		case 'VOLUME':
			return set({volumes: withNew(settings.volumes, wordsOf(value))});
		case 'STOPSIGNAL':
			return set({stopSignal: value});
		case 'SHELL':
			return {settings, more: {...more, Shell: wordsOf(value)}};
		case 'HEALTHCHECK':
			return {settings, more: {...more, Healthcheck: healthCheck(value, flags)}};
		default:
			return {settings, more};
	}
};

const unitNs = {ms: 1e6, s: 1e9, m: 60e9, h: 3600e9} as const;

const nanoseconds = (text = ''): number => {
	const [, count, unit] = /^(\d+)(ms|s|m|h)$/.exec(text) ?? [];
	return unit === 'ms' || unit === 's' || unit === 'm' || unit === 'h' ? Number(count) * unitNs[unit] : 0;
};

const healthCheck = (value: string, flags: Readonly<Record<string, string>>) => {
	if (value.trim() === 'NONE') return {Test: ['NONE']};
	const line = value.replace(/^CMD\s+/, '');
	return {
		Test: line.startsWith('[') ? ['CMD', ...wordsOf(line)] : ['CMD-SHELL', line],
		Interval: nanoseconds(flags.interval),
		Timeout: nanoseconds(flags.timeout),
		Retries: Number(flags.retries ?? 0),
	};
};
