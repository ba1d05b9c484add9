import {run} from './shell.ts';

/** `ip -json address`, as far as it is of use here. */
type Link = {readonly ifname: string; readonly addr_info: readonly {readonly local?: string}[]};

const subnetOf = (network: number) => `172.31.${network}`;

/**
 * A Linux bridge for one engine's default network. An engine with `--bridge` of its own leaves the `docker0`
 * of every other engine on the machine alone; `--bridge none` would delete it.
 * @returns the third number of its network, which is 172.31.N.0/24: no other engine has the same.
 */
export async function addBridge(name: string): Promise<number> {
	await run('ip', ['link', 'add', 'name', name, 'type', 'bridge']);
	try {
		const network = await takeNetwork(name);
		await run('ip', ['link', 'set', name, 'up']);
		return network;
	} catch (error) {
		await removeLink(name);
		throw error;
	}
}

export async function removeLink(name: string): Promise<void> {
	await run('ip', ['link', 'delete', name]).catch(() => {});
}

/** Engines that start side by side may choose the same: each looks again when it has taken one. */
async function takeNetwork(bridge: string): Promise<number> {
	for (const network of shuffled(256)) {
		if (await isTaken(network, bridge)) continue;
		const address = [`${subnetOf(network)}.1/24`, 'dev', bridge];
		await run('ip', ['address', 'add', ...address]);
		if (!(await isTaken(network, bridge))) return network;
		await run('ip', ['address', 'delete', ...address]);
	}

	throw new Error('no free network below 172.31.0.0/16');
}

/** Whether another interface is in it. A bridge that has lost its last container is down and counts all the same. */
async function isTaken(network: number, bridge: string): Promise<boolean> {
	const links: readonly Link[] = JSON.parse(await run('ip', ['-json', '-4', 'address', 'show']));
	return links.some(
		({ifname, addr_info}) =>
			ifname !== bridge && addr_info.some(({local}) => local?.startsWith(`${subnetOf(network)}.`)),
	);
}

/** The numbers from 0 in an order of chance. */
function shuffled(count: number): readonly number[] {
	return Array.from({length: count}, (_, number) => ({number, place: Math.random()}))
		.sort((left, right) => left.place - right.place)
		.map(({number}) => number);
}
