import {counted} from '../../format/counted.ts';
import {formatDateTime} from '../../format/date-time.ts';
import {dockerfileInstruction} from '../../format/instruction.ts';
import {maskText} from '../../format/secrets.ts';
import type {Descriptor, Manifest, RemoteConfig} from '../../registry/types.ts';
import {type ManifestRow, manifest as resource} from '../../resources/manifest.ts';
import type {State} from '../model.ts';
import type {ManifestView, RepositoryView} from '../views/registry.ts';
import {createSelector} from './memo.ts';
import {filtered} from './ordered.ts';
import {manifestView, repositoryView} from './registry-place.ts';

const none: readonly ManifestRow[] = [];

type Details = RepositoryView['details'];
type Image = Extract<Manifest, {kind: 'image'}>;

const fact = (label: string, value: string, more: Partial<ManifestRow> = {}): readonly ManifestRow[] =>
	value === '' ? [] : [{key: `fact:${label}`, kind: 'fact', label, value, ...more}];

/** BuildKit's way to say that a manifest of an index tells of another one. */
const attested = ({annotations}: Descriptor): string | undefined =>
	annotations['vnd.docker.reference.type'] === 'attestation-manifest'
		? (annotations['vnd.docker.reference.digest'] ?? '')
		: undefined;

/** Manifests of an index that are no platform's. */
export const isAttestation = (descriptor: Descriptor): boolean =>
	attested(descriptor) !== undefined || descriptor.platform === undefined;

const platformRow = (
	descriptor: Descriptor,
	index: number,
	all: readonly Descriptor[],
	details: Details,
): ManifestRow => {
	const {digest, platform} = descriptor;
	// An index may name a manifest for several platforms.
	const key = all.findIndex(other => other.digest === digest) === index ? digest : `${index} ${digest}`;
	if (isAttestation(descriptor)) {
		const subject = all.find(other => other.digest === attested(descriptor));
		const type = descriptor.artifactType ?? descriptor.mediaType;
		const value = subject?.platform === undefined ? type : `of ${subject.platform}`;
		return {key, kind: 'attestation', label: 'attestation', value, digest, sizeBytes: descriptor.sizeBytes};
	}
	const told = details.get(digest);
	const size = told?.status === 'known' && told.sizeBytes !== undefined ? {sizeBytes: told.sizeBytes} : {};
	return {key, kind: 'platform', label: 'platform', value: platform ?? '', digest, ...size};
};

/** Compressed, each layer as often as it is named. */
const layerBytes = ({layers}: Image): number => layers.reduce((sum, {sizeBytes}) => sum + sizeBytes, 0);

const layerRows = ({layers}: Image, config: RemoteConfig | undefined): readonly ManifestRow[] => {
	const instructions = config?.instructions ?? [];
	// Where they do not match nobody knows which belongs to which.
	const isMatching = instructions.length === layers.length;
	return layers.map(({digest, sizeBytes, mediaType}, index) => ({
		key: `layer:${index}`,
		kind: 'layer',
		label: `layer ${index + 1}`,
		value: isMatching ? maskText(dockerfileInstruction(instructions[index] ?? '')) : mediaType,
		digest,
		sizeBytes,
	}));
};

const pairs = (kind: 'label' | 'annotation', map: Readonly<Record<string, string>>): readonly ManifestRow[] =>
	Object.entries(map)
		.toSorted(([left], [right]) => (left < right ? -1 : 1))
		.map(([name, value]) => ({key: `${kind}:${name}`, kind, label: kind, value: `${name}=${value}`}));

const referrerRow = ({digest, mediaType, artifactType, sizeBytes}: Descriptor): ManifestRow => ({
	key: digest,
	kind: 'referrer',
	label: 'referrer',
	value: artifactType ?? mediaType,
	digest,
	sizeBytes,
});

const contentRows = (
	manifest: Manifest,
	config: RemoteConfig | undefined,
	details: Details,
): readonly ManifestRow[] => {
	if (manifest.kind === 'index')
		return manifest.manifests.map((each, index, all) => platformRow(each, index, all, details));
	return [
		...fact('platform', config?.platform ?? ''),
		...fact('created', config?.createdAt === undefined ? '' : formatDateTime(config.createdAt)),
		...fact('size', `${counted(manifest.layers.length, 'layer')}, compressed`, {
			sizeBytes: layerBytes(manifest),
		}),
		...layerRows(manifest, config),
		...pairs('label', config?.labels ?? {}),
	];
};

const selectAll: (state: State) => readonly ManifestRow[] = createSelector(
	(state: State) => [manifestView(state), repositoryView(state)?.details],
	(view: ManifestView | undefined, details: Details | undefined): readonly ManifestRow[] => {
		const {manifest, config, referrers = []} = view ?? {};
		if (manifest === undefined) return none;
		const {digest, mediaType, artifactType = '', subject, annotations} = manifest;
		return [
			...fact('digest', digest),
			...fact('type', mediaType),
			...fact('artifact', artifactType),
			...fact('subject', subject?.digest ?? ''),
			...contentRows(manifest, config, details ?? new Map()),
			...pairs('annotation', annotations),
			...referrers.map(referrerRow),
		];
	},
);

export const selectManifestRows: (state: State) => readonly ManifestRow[] = createSelector(
	(state: State) => [selectAll(state), state.ui.lists.manifest.filter],
	(rows: readonly ManifestRow[], filter: string) => filtered(resource, rows, filter),
);
