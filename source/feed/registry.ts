import type {RegistryClient} from '../registry/client-port.ts';
import {securityOf} from '../registry/security.ts';
import type {RegistryHost} from '../registry/types.ts';
import type {Demand} from '../state/demand.ts';
import {manifestKey, type RegistryDemand} from '../state/views/registry.ts';
import type {Session} from './context.ts';
import {registryFaultOf} from './registry-fault.ts';
import {type HostsFile, hostsFile, noHostsFile} from './registry-hosts-file.ts';
import {readListing} from './registry-listing.ts';
import {createTagReading} from './registry-tags.ts';
import {createWantedWork} from './wanted-work.ts';

const checksAtOnce = 4;

/** Does one thing at a time, for whoever wants it now. */
const createTask = ({scope}: Session) => {
	let current = '';
	let abort = (): void => {};
	return (key: string | undefined, run: (signal: AbortSignal) => Promise<void>): void => {
		if ((key ?? '') === current) return;
		current = key ?? '';
		abort();
		abort = key === undefined ? () => {} : scope.start(run);
	};
};

const clientOf =
	({registries, getState}: Session) =>
	async (host: RegistryHost): Promise<RegistryClient> => {
		const insecure = getState().engine.info?.insecureRegistries ?? [];
		const {client} = await registries();
		return client(host, securityOf(host, insecure));
	};

/** What the manifest's image is like, and what else refers to it. */
const readManifest = async (
	session: Session,
	{host, repository, reference, turn}: NonNullable<RegistryDemand['manifest']>,
	signal: AbortSignal,
): Promise<void> => {
	const {clock, post} = session;
	const key = manifestKey(host, repository, reference);
	try {
		const client = await clientOf(session)(host);
		const manifest = await client.manifest(repository, reference, signal);
		const config =
			manifest.kind === 'image' ? await client.config(repository, manifest.config, signal) : undefined;
		if (signal.aborted) return;
		// Whether anything refers to it is asked before it is told: what was wanted is over then.
		const referrers = await client.referrers(repository, manifest.digest, signal).catch(() => []);
		if (signal.aborted) return;
		post({type: 'registry/manifest-read', key, turn, manifest, ...(config && {config})});
		post({type: 'registry/referrers-read', key, referrers});
	} catch (error) {
		if (!signal.aborted)
			post({type: 'registry/manifest-failed', key, turn, fault: registryFaultOf(error, clock.now())});
	}
};

const createChecks = (session: Session) => {
	const {clock, post, scope} = session;
	return createWantedWork<RegistryHost>(scope, {
		atOnce: checksAtOnce,
		keyOf: host => host,
		async run(host, signal) {
			try {
				const client = await clientOf(session)(host);
				const {isEncrypted} = await client.ping(signal);
				const check = {status: 'ok', isEncrypted, at: clock.now()} as const;
				if (!signal.aborted) post({type: 'registry/checked', host, check});
			} catch (error) {
				const fault = registryFaultOf(error, clock.now());
				if (!signal.aborted) post({type: 'registry/checked', host, check: {status: 'failed', fault}});
			}
		},
	});
};

/** Reads what the registry screen shows, while it is open, and not before it is looked at. */
export const createRegistry = (
	session: Session,
	file: HostsFile = session.getState().engine.isDemo ? noHostsFile : hostsFile(),
): {readonly meet: (demand: Demand) => void} => {
	const {clock, post} = session;
	const checks = createChecks(session);
	const tags = createTagReading(session, clientOf(session));
	const [listing, manifest, accounts, remembering] = [
		createTask(session),
		createTask(session),
		createTask(session),
		createTask(session),
	];
	let saved: string | undefined;

	const listAccounts = async (signal: AbortSignal): Promise<void> => {
		try {
			const known = await (await session.registries()).accounts.list(signal);
			if (!signal.aborted) post({type: 'registry/accounts-listed', accounts: known});
		} catch (error) {
			if (!signal.aborted)
				post({type: 'registry/accounts-failed', fault: registryFaultOf(error, clock.now())});
		}
	};

	const remember = async (signal: AbortSignal): Promise<void> => {
		const hosts = await file.load();
		saved = JSON.stringify(hosts);
		if (!signal.aborted) post({type: 'registry/remembered', hosts});
	};

	/** Once it is known what was there before. */
	const save = (added: RegistryDemand['added']): void => {
		if (added === undefined || saved === undefined || JSON.stringify(added) === saved) return;
		saved = JSON.stringify(added);
		void file.save(added);
	};

	return {
		meet({registry: demand}) {
			if (demand !== undefined) {
				remembering('once', remember);
				save(demand.added);
			}
			accounts(demand && String(demand.accountsTurn), listAccounts);
			checks.want(demand?.checks ?? []);
			const list = demand?.listing;
			listing(list && JSON.stringify(list), async signal => {
				if (list !== undefined) await readListing(session, clientOf(session), list, signal);
			});
			const wanted = demand?.manifest;
			manifest(wanted && JSON.stringify(wanted), async signal => {
				if (wanted !== undefined) await readManifest(session, wanted, signal);
			});
			tags.meet(demand);
		},
	};
};
