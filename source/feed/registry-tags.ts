import process from 'node:process';
import type {RegistryClient} from '../registry/client-port.ts';
import type {Descriptor, Manifest, RegistryHost} from '../registry/types.ts';
import {
	type RegistryDemand,
	type RegistryFault,
	repositoryKey,
	type TagDetails,
	type TagHead,
} from '../state/views/registry.ts';
import type {Session} from './context.ts';
import {isGeneral, registryFaultOf} from './registry-fault.ts';
import {createWantedWork} from './wanted-work.ts';

type ClientOf = (host: RegistryHost) => Promise<RegistryClient>;

type Place = {readonly host: RegistryHost; readonly repository: string};

const headsAtOnce = 6;
const detailsAtOnce = 3;

const architectures: Readonly<Record<string, string>> = {x64: 'amd64', ia32: '386'};

/** The platform of this machine, or what is nearest to it. */
const fitting = (manifests: readonly Descriptor[]): Descriptor | undefined => {
	const platforms = manifests.filter(
		({platform, annotations}) =>
			platform !== undefined && annotations['vnd.docker.reference.type'] === undefined,
	);
	const own = `linux/${architectures[process.arch] ?? process.arch}`;
	return platforms.find(({platform}) => platform === own || platform?.startsWith(`${own}/`)) ?? platforms[0];
};

const sizeOf = (manifest: Extract<Manifest, {kind: 'image'}>): number =>
	manifest.layers.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);

/** Of an index, the image that fits this machine: three answers at most. */
const detailsOf = async (
	client: RegistryClient,
	repository: string,
	digest: string,
	signal: AbortSignal,
): Promise<TagDetails> => {
	const manifest = await client.manifest(repository, digest, signal);
	if (manifest.kind === 'image') {
		const config = await client.config(repository, manifest.config, signal);
		const platforms = config?.platform === undefined ? [] : [config.platform];
		const created = config?.createdAt === undefined ? {} : {createdAt: config.createdAt};
		return {status: 'known', sizeBytes: sizeOf(manifest), platforms, ...created};
	}
	const platforms = manifest.manifests.flatMap(({platform, annotations}) =>
		platform === undefined || annotations['vnd.docker.reference.type'] !== undefined ? [] : [platform],
	);
	const chosen = fitting(manifest.manifests);
	const image = chosen && (await client.manifest(repository, chosen.digest, signal));
	if (image?.kind !== 'image') return {status: 'known', platforms};
	const config = await client.config(repository, image.config, signal);
	const created = config?.createdAt === undefined ? {} : {createdAt: config.createdAt};
	return {status: 'known', sizeBytes: sizeOf(image), platforms, ...created};
};

/** Looks at the tags and manifests that are on the screen. */
export const createTagReading = (session: Session, clientOf: ClientOf) => {
	const {clock, scope, post} = session;
	/** Told together: there may be thousands. */
	let told = new Map<string, [string, TagHead][]>();

	session.addSource('quick', () => {
		const all = [...told];
		told = new Map();
		return all.map(([key, heads]) => ({type: 'registry/heads-read', key, heads}) as const);
	});

	const tell = (key: string, tag: string, head: TagHead): void => {
		told.set(key, [...(told.get(key) ?? []), [tag, head]]);
		session.wake();
	};

	/** The next question would get the same answer: none is asked before somebody wants something else. */
	const giveUp = (key: string, fault: RegistryFault): void => {
		heads.want([]);
		details.want([]);
		post({type: 'registry/look-failed', key, fault});
	};

	const heads = createWantedWork<Place & {readonly tag: string; readonly scan: number}>(scope, {
		atOnce: headsAtOnce,
		keyOf: ({host, repository, tag, scan}) => `${repositoryKey(host, repository)} ${tag} ${scan}`,
		async run({host, repository, tag, scan}, signal) {
			const key = repositoryKey(host, repository);
			try {
				const client = await clientOf(host);
				const found = await client.head(repository, tag, signal);
				if (signal.aborted) return;
				const {digest, mediaType} = found ?? {digest: '', mediaType: ''};
				tell(key, tag, found ? {status: 'known', digest, mediaType, scan} : {status: 'missing', scan});
			} catch (error) {
				if (signal.aborted) return;
				const fault = registryFaultOf(error, clock.now());
				if (isGeneral(fault)) giveUp(key, fault);
				else tell(key, tag, {status: 'failed', fault, scan});
			}
		},
	});

	const details = createWantedWork<Place & {readonly digest: string}>(scope, {
		atOnce: detailsAtOnce,
		keyOf: ({host, repository, digest}) => `${repositoryKey(host, repository)} ${digest}`,
		async run({host, repository, digest}, signal) {
			const key = repositoryKey(host, repository);
			try {
				const known = await detailsOf(await clientOf(host), repository, digest, signal);
				if (!signal.aborted) post({type: 'registry/details-read', key, digest, details: known});
			} catch (error) {
				if (signal.aborted) return;
				const fault = registryFaultOf(error, clock.now());
				if (isGeneral(fault)) giveUp(key, fault);
				else post({type: 'registry/details-read', key, digest, details: {status: 'failed', fault}});
			}
		},
	});

	return {
		meet(demand: RegistryDemand | undefined): void {
			const tags = demand?.heads;
			heads.want(tags?.tags.map(tag => ({...tags, tag})) ?? []);
			const images = demand?.details;
			details.want(images?.digests.map(digest => ({...images, digest})) ?? []);
		},
	};
};
