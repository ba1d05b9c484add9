import {isProgram, nameOfProgram} from '../shell/shell.ts';
import {type ServiceName, services} from '../world/services.ts';
import type {Program} from './program.ts';

const serviceOfProgram: Readonly<Record<string, ServiceName>> = {
	nginx: 'nginx',
	postgres: 'postgres',
	'redis-server': 'redis',
	node: 'node',
	report: 'report',
	grafana: 'grafana',
};

/**
 * What a container is to do: the first part of its arguments that means something decides, since entrypoints are
 * often scripts that run the rest.
 * @param isOwnCommand whether somebody asked for this command: then a program that is not there is a mistake
 */
export const programFor = (reference: string, argv: readonly string[], isOwnCommand: boolean): Program => {
	for (const [index, part] of argv.entries()) {
		const service = serviceOfProgram[nameOfProgram(part)];
		if (service !== undefined) return services[service];
		if (isProgram(part)) return {kind: 'command', argv: argv.slice(index)};
	}
	if (isOwnCommand) return {kind: 'command', argv};
	const ofImage = Object.entries(serviceOfProgram).find(([name]) =>
		reference.includes(name.split('-')[0] ?? name),
	);
	return services[ofImage?.[1] ?? 'node'];
};
