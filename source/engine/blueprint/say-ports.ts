import {list, record, text} from '../decode/read.ts';
import type {Saying} from './words.ts';

/** `127.0.0.1:8080:80/udp`, what is not said left out. */
export const sayPorts: Saying = value =>
	Object.entries(record(value)).flatMap(([key, bindings]) => {
		const container = key.replace(/\/tcp$/, '');
		return list(bindings)
			.map(record)
			.flatMap(({HostIp: ip, HostPort: port}) => {
				const host = text(port) === '0' ? '' : text(port);
				const address = text(ip).includes(':') ? `[${text(ip)}]` : text(ip);
				if (address !== '') return ['--publish', `${address}:${host}:${container}`];
				return ['--publish', host === '' ? container : `${host}:${container}`];
			});
	});
