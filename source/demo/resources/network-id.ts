import {createHash} from 'node:crypto';

/** The id of a network of the embedded engine, 64 hexadecimal digits: the same for the same name, in every list. */
export const demoNetworkId = (name: string): string =>
	createHash('sha256').update(`network ${name}`).digest('hex');
