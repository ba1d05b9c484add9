import {commandLine} from './command-line.ts';
import type {ContainerMount, DemoContainer} from './container-types.ts';
import {statusText} from './status-text.ts';
import {wireEndpoints, wirePorts} from './wire-network.ts';

/** An entry of `GET /containers/json`. */
export const wireSummary = (container: DemoContainer, now: number): Readonly<Record<string, unknown>> => {
	const {id, name, spec, createdAt, status} = container;
	return {
		Id: id,
		Names: [`/${name}`],
		Image: spec.image,
		ImageID: spec.imageId,
		Command: commandLine(spec.argv),
		Created: Math.floor(createdAt / 1000),
		Ports: wirePorts(container),
		Labels: spec.labels,
		State: status,
		Status: statusText(container, now),
		HostConfig: {NetworkMode: spec.network},
		NetworkSettings: {Networks: wireEndpoints(container)},
		Mounts: spec.mounts.map(wireMount),
	};
};

export const wireMount = ({type, name, source, destination, isReadOnly}: ContainerMount): object => ({
	Type: type,
	...(name === undefined ? {} : {Name: name}),
	Source: source,
	Destination: destination,
	...(type === 'volume' ? {Driver: 'local'} : {}),
	Mode: isReadOnly ? 'ro' : type === 'volume' ? 'z' : '',
	RW: !isReadOnly,
	Propagation: type === 'bind' ? 'rprivate' : '',
});
