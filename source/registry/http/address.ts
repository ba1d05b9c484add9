import {isIP} from 'node:net';
import {hubHost} from '../accounts-port.ts';
import type {RegistryHost} from '../types.ts';

const hostAndPort = /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9._-]*[a-zA-Z0-9])?|\[[0-9a-fA-F:.]+\])(?::\d{1,5})?$/;

/**
 * `host[:port]` where a registry answers; Docker Hub's is not the one in the names of images.
 * @returns `undefined` for what is no host
 */
export const authorityOf = (host: RegistryHost): string | undefined => {
	if (host === hubHost) return 'registry-1.docker.io';
	return hostAndPort.test(host) && URL.canParse(`https://${host}/`) ? host : undefined;
};

/** Of a URL: `localhost`, 127.0.0.0/8 or ::1. */
export const isLoopback = ({hostname}: URL): boolean =>
	hostname === 'localhost' || hostname === '[::1]' || (isIP(hostname) === 4 && hostname.startsWith('127.'));
