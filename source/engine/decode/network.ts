import {answeredList} from './answer.ts';
import {list, record, text, truth} from './read.ts';

export type Network = {
	readonly id: string;
	readonly name: string;
	/** `bridge`, `host`, `null`, `overlay`, `macvlan` … */
	readonly driver: string;
	/** No way out of it. */
	readonly isInternal: boolean;
	readonly subnets: readonly string[];
};

/** `GET /networks`; those without an id are left out: nothing could be done with them. */
export const decodeNetworks = (value: unknown): readonly Network[] =>
	answeredList(value, 'network list')
		.filter(entry => text(entry.Id) !== '')
		.map(entry => ({
			id: text(entry.Id),
			name: text(entry.Name),
			driver: text(entry.Driver),
			isInternal: truth(entry.Internal),
			subnets: list(record(entry.IPAM).Config)
				.map(config => text(record(config).Subnet))
				.filter(subnet => subnet !== ''),
		}))
		.toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
