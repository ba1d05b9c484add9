import type {RegistryClient} from '../registry/client-port.ts';
import type {Page, RegistryHost} from '../registry/types.ts';
import type {State} from '../state/model.ts';
import {listOf} from '../state/slices/registry-parts.ts';
import type {RegistryDemand, RegistryListKey} from '../state/views/registry.ts';
import type {Session} from './context.ts';
import {registryFaultOf} from './registry-fault.ts';

/** So many are read without being asked for more. */
const readAtOnce = 10_000;

type Listing = NonNullable<RegistryDemand['listing']>;

const pageOf = (
	client: RegistryClient,
	of: RegistryListKey,
	signal: AbortSignal,
	next: string | undefined,
): Promise<Page<string>> =>
	of.kind === 'catalog' ? client.repositories(signal, next) : client.tags(of.repository, signal, next);

/** Where the list stands: read for the first time, read on, or read anew while the old one is shown. */
const startOf = ({registry}: State, of: RegistryListKey) => {
	const list = registry && listOf(registry, of);
	const isAnew = list?.freshCount !== undefined;
	return {isAnew, known: isAnew ? [] : (list?.items ?? []), next: isAnew ? undefined : list?.next};
};

/**
 * Reads a catalog or the tags of a repository, page after page. The first time each page is told as it comes; what is
 * read anew is told when all of it is there.
 */
export const readListing = async (
	session: Session,
	clientOf: (host: RegistryHost) => Promise<RegistryClient>,
	{of, turn}: Listing,
	signal: AbortSignal,
): Promise<void> => {
	const {clock, post} = session;
	const start = startOf(session.getState(), of);
	const seen = new Set(start.known);
	const most = seen.size + readAtOnce;
	let fresh: string[] = [];
	let {next} = start;
	try {
		const client = await clientOf(of.host);
		for (;;) {
			const page = await pageOf(client, of, signal, next);
			if (signal.aborted) return;
			for (const item of page.items) {
				if (seen.has(item)) continue;
				seen.add(item);
				fresh.push(item);
			}
			// A registry that names the same page again would be asked for ever.
			next = page.next === next ? undefined : page.next;
			const isDone = next === undefined || seen.size >= most;
			if (start.isAnew && !isDone) {
				post({type: 'registry/list-counted', of, turn, count: fresh.length});
				continue;
			}
			const more = next === undefined ? {} : {next};
			const at = clock.now();
			post({type: 'registry/list-read', of, turn, items: fresh, isWhole: start.isAnew, isDone, at, ...more});
			if (isDone) return;
			fresh = [];
		}
	} catch (error) {
		if (!signal.aborted)
			post({type: 'registry/list-failed', of, turn, fault: registryFaultOf(error, clock.now())});
	}
};
