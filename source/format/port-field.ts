import {isIP} from 'node:net';
import {accept, type Parsed, refuse} from './parsed.ts';

/** Structurally the engine's `PortMapping`. */
export type PortField = {
	readonly containerPort: number;
	readonly protocol: 'tcp' | 'udp' | 'sctp';
	readonly hostPort?: number;
	/** Any free one from `hostPort` to this one. */
	readonly lastHostPort?: number;
	readonly hostIp?: string;
};

type PortRange = {readonly first: number; readonly length: number};

const SHAPE =
	/^(?:(?:(?<ip>\[[^\]]*\]|[^:[\]]*):)?(?<host>[^:[\]]*):)?(?<container>[^:/[\]]+)(?:\/(?<protocol>.*))?$/;

/** @param lowest 0 where it stands for any free port */
const parseRange = (text: string, lowest: 0 | 1): PortRange | undefined => {
	const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
	if (!match) return undefined;
	const first = Number(match[1]);
	const last = match[2] === undefined ? first : Number(match[2]);
	return first >= lowest && last <= 65_535 && first <= last ? {first, length: last - first + 1} : undefined;
};

const parseProtocol = (text: string): PortField['protocol'] | undefined => {
	const name = text.toLowerCase();
	return name === 'tcp' || name === 'udp' || name === 'sctp' ? name : undefined;
};

const mappings = (
	container: PortRange,
	host: PortRange | undefined,
	rest: Pick<PortField, 'protocol' | 'hostIp'>,
): readonly PortField[] =>
	Array.from({length: container.length}, (_, offset) => ({
		containerPort: container.first + offset,
		...(host !== undefined && host.first > 0 && {hostPort: host.first + offset}),
		...rest,
	}));

/**
 * `[[ip:]host:]container[/protocol]` as `docker run --publish` takes it, ranges included; a range gives one mapping
 * for each of its ports; for one container port the engine picks from a range of the host. Without a host port (or with 0) the engine picks a free one.
 */
export const parsePort = (text: string): Parsed<readonly PortField[]> => {
	const groups = SHAPE.exec(text.trim())?.groups;
	if (!groups) return refuse(text, 'a port is 80, 8080:80, 127.0.0.1:8080:80 or 8080:80/udp');
	const protocol = parseProtocol(groups.protocol ?? 'tcp');
	if (protocol === undefined) return refuse(text, 'the protocol is tcp, udp or sctp');
	const container = parseRange(groups.container ?? '', 1);
	if (container === undefined) return refuse(text, 'a container port is 1 to 65535, a range low-high');
	const hostText = groups.host ?? '';
	const host = hostText === '' ? undefined : parseRange(hostText, 0);
	if (hostText !== '' && host === undefined)
		return refuse(text, 'a host port is 0 (any free one) to 65535, a range low-high');
	const isChoice = container.length === 1 && host !== undefined && host.length > 1;
	if (host !== undefined && host.length !== container.length && !isChoice)
		return refuse(text, 'the two ranges have the same length');
	const hostIp = groups.ip?.replace(/^\[(.*)\]$/, '$1');
	if (hostIp !== undefined && isIP(hostIp) === 0)
		return refuse(text, 'the host address is an IP address, IPv6 in brackets');
	if (isChoice && host.first === 0) return refuse(text, 'a range of host ports begins at 1');
	const mapped = mappings(container, host, {protocol, ...(hostIp !== undefined && {hostIp})});
	return accept(
		isChoice ? mapped.map(field => ({...field, lastHostPort: host.first + host.length - 1})) : mapped,
	);
};
