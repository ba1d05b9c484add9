import type {Port, PortProtocol} from '../types.ts';
import {list, number, optionalNumber, record, text} from './read.ts';

const protocolOf = (word: string): PortProtocol => (word === 'udp' || word === 'sctp' ? word : 'tcp');

/** The list's `Ports`, in an order that does not change from call to call. */
export const listedPorts = (value: unknown): readonly Port[] =>
	inOrder(
		list(value).map(entry => {
			const {IP, PrivatePort, PublicPort, Type} = record(entry);
			return port(number(PrivatePort), text(Type), text(IP), optionalNumber(PublicPort));
		}),
	);

/** An inspect's `NetworkSettings.Ports`: `{"80/tcp": [{HostIp, HostPort}] | null}`. */
export const inspectedPorts = (value: unknown): readonly Port[] =>
	inOrder(
		Object.entries(record(value)).flatMap(([key, bindings]) => {
			const [digits, protocol = ''] = key.split('/');
			const privatePort = number(digits);
			const bound = list(bindings).map(record);
			if (bound.length === 0) return [port(privatePort, protocol, '', undefined)];
			return bound.map(({HostIp, HostPort}) =>
				port(privatePort, protocol, text(HostIp), optionalNumber(HostPort)),
			);
		}),
	);

const port = (
	privatePort: number,
	protocol: string,
	hostIp: string,
	publicPort: number | undefined,
): Port => ({
	privatePort,
	protocol: protocolOf(protocol),
	...(publicPort ? {publicPort} : {}),
	...(hostIp === '' ? {} : {hostIp}),
});

const inOrder = (ports: readonly Port[]): readonly Port[] =>
	ports.toSorted(
		(a, b) =>
			a.privatePort - b.privatePort ||
			byText(a.protocol, b.protocol) ||
			(a.publicPort ?? 0) - (b.publicPort ?? 0) ||
			byText(a.hostIp ?? '', b.hostIp ?? ''),
	);

const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
