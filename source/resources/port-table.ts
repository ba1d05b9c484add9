import type {Port} from '../engine/types.ts';
import {absent, cell, type FactTable} from './fact-table.ts';

const hostOf = ({hostIp, publicPort}: Port): string => {
	const address = hostIp === undefined || hostIp === '' ? 'every address' : hostIp;
	const port = publicPort === undefined ? 'a free port' : String(publicPort);
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};

/** Ports of the container with where they are published; those only exposed are last. */
export const portTable = (ports: readonly Port[]): FactTable => {
	const isPublished = ({publicPort, hostIp}: Port): boolean =>
		publicPort !== undefined || hostIp !== undefined;
	const ordered = [...ports.filter(isPublished), ...ports.filter(port => !isPublished(port))];
	return {
		headers: [`Port (${ports.length})`, "On the engine's host"],
		rows: ordered.map(port => [
			cell(`${port.privatePort}/${port.protocol}`, 'info'),
			isPublished(port) ? cell(hostOf(port)) : absent('only exposed, not published'),
		]),
		side: 'left',
	};
};
