import type {Clock} from '../../clock.ts';
import type {ShellHost} from '../shell/shell-host.ts';
import type {DemoContainer} from './container-types.ts';
import {wireEndpoints} from './wire-network.ts';

/** What programs in a container see of it. */
export const shellHostOf = (container: DemoContainer, clock: Clock): ShellHost => {
	const {spec, id} = container;
	return {
		hostname: spec.hostname === '' ? id.slice(0, 12) : spec.hostname,
		address:
			Object.values(wireEndpoints(container)).find(({IPAddress}) => IPAddress !== '')?.IPAddress ??
			'127.0.0.1',
		user: spec.user === '' ? 'root' : spec.user,
		processes: processesOf(container),
		now: clock.now,
	};
};

/** Command lines of what runs in a container, process 1 first. */
export const processesOf = ({spec}: DemoContainer): readonly string[] =>
	spec.program.kind === 'service' ? spec.program.processes : [spec.argv.join(' ')];
