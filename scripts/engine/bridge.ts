import {networkInterfaces} from 'node:os';
import {run} from './shell.ts';

/**
 * A Linux bridge for one engine's default network. An engine with `--bridge` of its own leaves the `docker0`
 * of every other engine on the machine alone; `--bridge none` would delete it.
 */
export async function addBridge(name: string): Promise<void> {
	await run('ip', ['link', 'add', 'name', name, 'type', 'bridge']);
	try {
		await run('ip', ['address', 'add', `${freeSubnet()}.1/24`, 'dev', name]);
		await run('ip', ['link', 'set', name, 'up']);
	} catch (error) {
		await removeLink(name);
		throw error;
	}
}

export async function removeLink(name: string): Promise<void> {
	await run('ip', ['link', 'delete', name]).catch(() => {});
}

/** The first three numbers of a network that no interface of this machine is in. */
function freeSubnet(): string {
	const taken = Object.values(networkInterfaces()).flatMap(list => list?.map(({address}) => address) ?? []);
	for (let third = 255; third >= 0; third -= 1) {
		const subnet = `172.31.${third}`;
		if (!taken.some(address => address.startsWith(`${subnet}.`))) return subnet;
	}

	throw new Error('no free network below 172.31.0.0/16');
}
