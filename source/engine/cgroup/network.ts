import {statSync} from 'node:fs';
import type {Container, StatsCounters} from '../types.ts';

type NetworkTotals = Pick<StatsCounters, 'netReceivedBytes' | 'netSentBytes'>;

const noTraffic: NetworkTotals = {netReceivedBytes: 0, netSentBytes: 0};

/**
 * Reads what went over the interfaces that the engine gave the container, and over no others, as the engine counts.
 * `undefined` when the container has networks but no interface with a name that is counted here.
 * @param process its folder below `/proc`
 * @param own that of a process of the engine's host itself
 * @param read gives a file's text, `undefined` when it cannot be read
 * @returns a reader that gives `undefined` when the process is not the container's any more
 */
export const networkReader = (
	{id, networks}: Container,
	{process, own}: {readonly process: string; readonly own: string},
	read: (path: string) => string | undefined,
): (() => NetworkTotals | undefined) | undefined => {
	const file = `${process}/net/dev`;
	// Of these the engine counts nothing; without networks it may still share those of another container.
	const hasNone = networks.includes('none') || networks.includes('host');
	if (hasNone || isSameNetwork(file, `${own}/net/dev`)) return () => noTraffic;
	if (networks.length > 0 && networkTotals(read(file)) === undefined) return undefined;
	return () => {
		const text = read(file);
		// In this order: a process that is in the container after its network was read was in it before.
		const isInside = read(`${process}/cgroup`)?.includes(id) === true;
		return text !== undefined && isInside ? (networkTotals(text) ?? noTraffic) : undefined;
	};
};

/** Name, bytes received, seven other columns, bytes sent. */
const engineInterface = /^ *eth\d+: *(\d+)(?: +\d+){7} +(\d+)/gm;

/** `/proc/<pid>/net/dev` (proc_pid_net(5)): the sum of `eth0`, `eth1` …, without loopback, tunnels and bridges. */
const networkTotals = (text = ''): NetworkTotals | undefined => {
	const interfaces = [...text.matchAll(engineInterface)];
	if (interfaces.length === 0) return undefined;
	return {
		netReceivedBytes: interfaces.reduce((sum, [, received]) => sum + Number(received), 0),
		netSentBytes: interfaces.reduce((sum, [, , sent]) => sum + Number(sent), 0),
	};
};

/** The kernel makes these files once for each network namespace; which one a process is in, it tells only its owner. */
const isSameNetwork = (left: string, right: string): boolean => {
	const [one, other] = [left, right].map(path => statSync(path, {throwIfNoEntry: false})?.ino);
	return one !== undefined && one === other;
};
