import {DemoError, type DemoImageSettings} from '../contract.ts';

const others: ReadonlySet<string> = new Set(['HEALTHCHECK', 'ONBUILD', 'STOPSIGNAL', 'VOLUME']);

/** `["a", "b"]`, or a line for a shell. */
const wordsOf = (value: string): readonly string[] => {
	try {
		const parsed: unknown = JSON.parse(value);
		if (Array.isArray(parsed)) return parsed.map(String);
	} catch {
		// Not JSON: the other form.
	}
	return ['/bin/sh', '-c', value];
};

/**
 * What lines of a Dockerfile make of an image's settings.
 * @throws DemoError 400 in the words of an engine for an instruction that a commit does not take
 */
export const changedSettings = (settings: DemoImageSettings, lines: readonly string[]): DemoImageSettings =>
	lines.filter(line => line.trim() !== '').reduce(changed, settings);

const changed = (settings: DemoImageSettings, line: string): DemoImageSettings => {
	const [, word = '', value = ''] = /^\s*(\S+)\s*(.*)$/.exec(line) ?? [];
	const [key = '', ...rest] = value.split('=');
	const instruction = word.toUpperCase();
	switch (instruction) {
		case 'CMD':
			return {...settings, command: wordsOf(value)};
		case 'ENTRYPOINT':
			return {...settings, entrypoint: wordsOf(value), command: []};
		case 'ENV':
			return {
				...settings,
				environment: [...settings.environment.filter(pair => !pair.startsWith(`${key}=`)), value],
			};
		case 'USER':
			return {...settings, user: value};
		case 'WORKDIR':
			return {...settings, workingDirectory: value};
		case 'EXPOSE':
			return {
				...settings,
				exposedPorts: [...settings.exposedPorts, value.includes('/') ? value : `${value}/tcp`],
			};
		case 'LABEL':
			return {...settings, labels: {...settings.labels, [key]: rest.join('=').replaceAll('"', '')}};
		default:
			if (others.has(instruction)) return settings;
			throw new DemoError(400, `${instruction} is not a valid change command`);
	}
};
