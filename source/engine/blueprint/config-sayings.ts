import {quoteWord} from '../../format/shell-words.ts';
import {record, texts} from '../decode/read.ts';
import {duration, flag, pairs, type Saying, toggle} from './words.ts';

/** How `docker run` says each field of the body itself. */
export const configSayings: Readonly<Record<string, Saying>> = {
	Tty: toggle('--tty'),
	OpenStdin: toggle('--interactive'),
	Hostname: flag('--hostname'),
	Domainname: flag('--domainname'),
	MacAddress: flag('--mac-address'),
	User: flag('--user'),
	WorkingDir: flag('--workdir'),
	Env: value => {
		const variables = texts(value);
		// Without a value it would be that of the shell that the line is run in.
		return variables.every(pair => pair.includes('='))
			? variables.flatMap(pair => ['--env', pair])
			: undefined;
	},
	Labels: pairs('--label'),
	ExposedPorts: value => Object.keys(record(value)).flatMap(port => ['--expose', port.replace(/\/tcp$/, '')]),
	Volumes: value => Object.keys(record(value)).flatMap(path => ['--volume', path]),
	Healthcheck: value => sayHealthcheck(value),
	StopSignal: flag('--stop-signal'),
	StopTimeout: flag('--stop-timeout'),
};

const healthSayings: Readonly<Record<string, Saying>> = {
	Interval: duration('--health-interval'),
	Timeout: duration('--health-timeout'),
	StartPeriod: duration('--health-start-period'),
	StartInterval: duration('--health-start-interval'),
	Retries: flag('--health-retries'),
};

const sayHealthcheck: Saying = value => {
	const {Test: test, ...times} = record(value);
	const [kind, ...words] = texts(test);
	if (kind === 'NONE') return ['--no-healthcheck'];
	const command = kind === undefined ? [] : ['--health-cmd', healthCommand(kind, words)];
	const said = Object.entries(times).map(([name, time]) => healthSayings[name]?.(time));
	return said.every(entry => entry !== undefined) ? [...command, ...said.flat()] : undefined;
};

/** The client knows a check in a shell only; quoted, the words mean the same there. */
const healthCommand = (kind: string, words: readonly string[]): string =>
	kind === 'CMD-SHELL' ? words.join(' ') : words.map(quoteWord).join(' ');
