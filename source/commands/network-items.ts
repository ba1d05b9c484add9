import type {NetworkCalls} from '../engine/calls/network-calls.ts';
import type {Container} from '../engine/types.ts';
import type {ChoiceSpec} from '../state/overlays.ts';

type Network = Awaited<ReturnType<NetworkCalls['listNetworks']>>[number];

/** Those that were made for something first; what no container can be connected to later comes last. */
const rank = ({driver, name}: Network): number =>
	driver === 'host' || driver === 'null' ? 2 : name === 'bridge' ? 1 : 0;

const membership = (name: string, chosen: readonly Container[]): string => {
	const members = chosen.filter(({networks}) => networks.includes(name)).length;
	if (members === 0) return '';
	if (chosen.length === 1) return 'it is on it';
	return members === chosen.length ? 'all are on it' : `${members} of ${chosen.length} are on it`;
};

/** The networks of an engine as a menu for these containers; a name that two share is told apart by the id. */
export const networkItems = (
	networks: readonly Network[],
	chosen: readonly Container[],
): ChoiceSpec['items'] =>
	networks
		.toSorted((a, b) => rank(a) - rank(b))
		.map(network => {
			const {id, name, driver, isInternal, subnets} = network;
			const isShared = networks.filter(other => other.name === name).length > 1;
			const notes = [
				driver,
				...subnets,
				...(isInternal ? ['internal'] : []),
				...(isShared ? [id.slice(0, 12)] : []),
				membership(name, chosen),
			];
			return {id: isShared ? id : name, label: name, note: notes.filter(note => note !== '').join('  ')};
		});
