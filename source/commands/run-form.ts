import type {PortMapping, RunSpec, VolumeMapping} from '../engine/run-types.ts';
import {accept, type Parsed, refuse} from '../format/parsed.ts';
import {parsePort} from '../format/port-field.ts';
import {
	parseContainerName,
	parseCpus,
	parseEnv,
	parseMemory,
	parseRestart,
	parseVolume,
} from '../format/run-fields.ts';
import {splitWords} from '../format/shell-words.ts';
import type {FieldSpec} from '../state/overlays.ts';
import {checkImage} from './pull.ts';
import {FormProblem} from './types.ts';

/** Every word parsed, or the first one's trouble. */
const each =
	<Value>(parse: (word: string) => Parsed<Value>) =>
	(text: string): Parsed<readonly Value[]> => {
		const split = splitWords(text);
		if (!split.ok) return split;
		const values: Value[] = [];
		for (const word of split.value) {
			const parsed = parse(word);
			if (!parsed.ok) return parsed;
			values.push(parsed.value);
		}
		return {ok: true, value: values};
	};

const ports = (text: string): Parsed<readonly PortMapping[]> => {
	const parsed = each(parsePort)(text);
	return parsed.ok ? {ok: true, value: parsed.value.flat()} : parsed;
};
const volumes: (text: string) => Parsed<readonly VolumeMapping[]> = each(parseVolume);
export const environment: (text: string) => Parsed<readonly string[]> = each(parseEnv);

const network = (text: string): Parsed<string> =>
	/^[^\s/]+$/.test(text) ? accept(text) : refuse(text, "a network's name has no spaces and no slashes");

export const optional =
	(parse: (text: string) => Parsed<unknown>) =>
	(text: string): string | undefined => {
		if (text.trim() === '') return undefined;
		const parsed = parse(text.trim());
		return parsed.ok ? undefined : parsed.reason;
	};

export const text = (
	id: string,
	label: string,
	hint: string,
	check: FieldSpec['check'],
	initial = '',
): FieldSpec => ({
	id,
	label,
	hint,
	kind: 'text',
	initial,
	...(check === undefined ? {} : {check}),
});

export const toggle = (id: string, label: string, hint: string): FieldSpec => ({
	id,
	label,
	hint,
	kind: 'toggle',
	initial: '',
});

/** A slip of the finger must not fill a host. */
const mostCopies = 100;

const copies = (given: string): Parsed<number> => {
	const count = /^\d{1,3}$/.test(given) ? Number(given) : 0;
	return count >= 1 && count <= mostCopies
		? accept(count)
		: refuse(given, `the number of copies is 1 to ${mostCopies}`);
};

/** The fields of the run form; only the image is required. */
export const runFields = (
	image: string,
	proposal: Readonly<Record<string, string>> = {},
): readonly FieldSpec[] =>
	plainFields(image).map(field => ({...field, initial: proposal[field.id] ?? field.initial}));

const plainFields = (image: string): readonly FieldSpec[] => [
	text('image', 'Image', '[registry/]repository[:tag] or an id', checkImage, image),
	text('name', 'Name', 'the engine invents one', optional(parseContainerName)),
	text('command', 'Command', "the image's own", optional(splitWords)),
	text('ports', 'Ports', '8080:80 127.0.0.1:5353:53/udp', optional(ports)),
	text('env', 'Environment', 'KEY=value OTHER="two words"', optional(environment)),
	text('volumes', 'Volumes', '/host:/inside:ro data:/data', optional(volumes)),
	text('restart', 'Restart', 'no, always, unless-stopped, on-failure[:5]', optional(parseRestart)),
	text('network', 'Network', 'bridge, none, host or a network of yours', optional(network)),
	text('memory', 'Memory', '512m, 2g', optional(parseMemory)),
	text('cpus', 'CPUs', '0.5, 2', optional(parseCpus)),
	text('copies', 'Copies', '1; more are called NAME-1, NAME-2 …', optional(copies)),
	toggle('tty', 'Terminal', 'allocate a TTY (-t)'),
	toggle('interactive', 'Interactive', 'keep stdin open (-i)'),
	toggle('remove', 'Auto-remove', 'remove it when it ends (--rm)'),
];

export const answered = <Value>(
	values: Readonly<Record<string, string>>,
	field: string,
	parse: (text: string) => Parsed<Value>,
): Value | undefined => {
	const given = values[field] ?? '';
	if (given === '') return undefined;
	const parsed = parse(given);
	if (!parsed.ok) throw new FormProblem(parsed.reason, field);
	return parsed.value;
};

/** How many containers the form asks for. @throws FormProblem naming the field. */
export const copiesIn = (values: Readonly<Record<string, string>>): number =>
	answered(values, 'copies', copies) ?? 1;

/**
 * The copies that the form asks for, each with a name of its own when they have one.
 * @throws FormProblem for a port of the host that they cannot share
 */
export const copiesOf = (spec: RunSpec, count: number): readonly RunSpec[] => {
	if (count === 1) return [spec];
	for (const {hostPort, lastHostPort, containerPort} of spec.ports) {
		if (hostPort === undefined) continue;
		if ((lastHostPort ?? hostPort) - hostPort + 1 < count)
			throw new FormProblem(
				`${count} copies cannot share ${lastHostPort === undefined ? `port ${hostPort}` : `ports ${hostPort}-${lastHostPort}`} of the host: give ${count} to choose from, ${hostPort}-${hostPort + count - 1}:${containerPort}, or only the container's, ${containerPort}`,
				'ports',
			);
	}
	return Array.from({length: count}, (_, index) =>
		spec.name === undefined ? spec : {...spec, name: `${spec.name}-${index + 1}`},
	);
};

/** What the form says, as the engine is told. @throws FormProblem naming the field. */
export const specOf = (values: Readonly<Record<string, string>>): RunSpec => {
	const isOn = (id: string): boolean => values[id] === 'yes';
	const restart = answered(values, 'restart', parseRestart);
	if (isOn('remove') && restart !== undefined && restart.name !== 'no') {
		throw new FormProblem('auto-remove and a restart policy exclude each other', 'restart');
	}
	const name = answered(values, 'name', parseContainerName);
	const command = answered(values, 'command', splitWords);
	const chosenNetwork = answered(values, 'network', network);
	const memoryBytes = answered(values, 'memory', parseMemory);
	const cpus = answered(values, 'cpus', parseCpus);
	return {
		image: values.image ?? '',
		ports: answered(values, 'ports', ports) ?? [],
		env: answered(values, 'env', environment) ?? [],
		volumes: answered(values, 'volumes', volumes) ?? [],
		isTty: isOn('tty'),
		isInteractive: isOn('interactive'),
		isAutoRemove: isOn('remove'),
		...(name !== undefined && {name}),
		...(command !== undefined && {command}),
		...(restart !== undefined && {restart}),
		...(chosenNetwork !== undefined && {network: chosenNetwork}),
		...(memoryBytes !== undefined && {memoryBytes}),
		...(cpus !== undefined && {cpus}),
	};
};
