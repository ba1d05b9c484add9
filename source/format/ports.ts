import {naturalOrder} from './natural-order.ts';
/** Structurally a `Port` of the engine. */
export type PortLike = {
	readonly privatePort: number;
	readonly publicPort?: number;
	readonly protocol: string;
};

export type PortsOptions = {
	/** Only what is reachable from outside, without the container's own ports. */
	readonly isShort?: boolean;
	readonly arrow?: string;
};

/** Consecutive ports, published to consecutive ports or not at all. */
type Range = {
	readonly privatePort: number;
	readonly publicPort: number | undefined;
	readonly protocol: string;
	readonly length: number;
};

const compare = (a: PortLike, b: PortLike): number =>
	Number(a.publicPort === undefined) - Number(b.publicPort === undefined) ||
	naturalOrder(a.protocol, b.protocol) ||
	(a.publicPort ?? 0) - (b.publicPort ?? 0) ||
	a.privatePort - b.privatePort;

const continues = (range: Range, port: PortLike): boolean =>
	port.protocol === range.protocol &&
	port.privatePort === range.privatePort + range.length &&
	port.publicPort === (range.publicPort === undefined ? undefined : range.publicPort + range.length);

const ranges = (ports: readonly PortLike[]): readonly Range[] => {
	const unique = new Map(
		ports.map(port => [`${port.publicPort ?? ''}:${port.privatePort}/${port.protocol}`, port]),
	);
	const found: Range[] = [];
	for (const {privatePort, publicPort, protocol} of [...unique.values()].sort(compare)) {
		const last = found.at(-1);
		if (last && continues(last, {privatePort, protocol, ...(publicPort !== undefined && {publicPort})}))
			found[found.length - 1] = {...last, length: last.length + 1};
		else found.push({privatePort, publicPort, protocol, length: 1});
	}
	return found;
};

const span = (first: number, length: number): string =>
	length === 1 ? `${first}` : `${first}-${first + length - 1}`;

/**
 * Ports for a list: `8080→80, 53→53/udp, 9000-9010→9000-9010, 443`. Published ones first, tcp not spelled out,
 * the two entries of IPv4 and IPv6 as one. Short: `8080, 53/udp`.
 */
export const formatPorts = (
	ports: readonly PortLike[],
	{isShort = false, arrow = '→'}: PortsOptions = {},
): string => {
	const spelled = ranges(ports)
		.filter(range => !isShort || range.publicPort !== undefined)
		.map(({privatePort, publicPort, protocol, length}) => {
			const inside = span(privatePort, length);
			const outside = publicPort === undefined ? '' : span(publicPort, length);
			const text = isShort ? outside : outside === '' ? inside : `${outside}${arrow}${inside}`;
			return protocol === 'tcp' ? text : `${text}/${protocol}`;
		});
	return [...new Set(spelled)].join(isShort ? ',' : ', ');
};
