import {ArchiveError} from '../types.ts';
import type {ArchiveImage, ImageChoice} from './contract.ts';

/** One of the images that an archive or layout speaks of. */
export type Candidate = {
	readonly references: readonly string[];
	/** Of one whose manifest is missing: of that. */
	readonly configDigest: string;
	readonly manifestDigest?: string;
	/** Digests by which it can be asked for. */
	readonly digests: readonly string[];
	/** `os/architecture[/variant]`; empty where it is not known. */
	readonly platform: string;
	/** Whether all of it is there. */
	readonly isPresent: boolean;
	/** What describes it; its layers are as the manifest names them, and not read. */
	readonly load: () => Promise<ArchiveImage>;
};

/** Docker's own names have parts that nobody writes. */
const shortName = (reference: string): string =>
	reference.replace(/^(?:docker\.io|index\.docker\.io)\//, '').replace(/^library\//, '');

const isNamed = (candidate: Candidate, reference: string): boolean =>
	candidate.references.some(name => {
		const [wanted, given] = [shortName(reference), shortName(name)];
		return wanted === given || `${wanted}:latest` === given || wanted.endsWith(`:${given}`);
	}) ||
	candidate.digests.some(digest => {
		const bare = reference.slice(reference.lastIndexOf('@') + 1).replace(/^sha256:/, '');
		return /^[0-9a-f]{6,64}$/.test(bare) && digest.startsWith(`sha256:${bare}`);
	});

const shortDigest = ({digests}: Candidate): string => digests.at(-1)?.slice(0, 'sha256:'.length + 12) ?? '';

const labelOf = (candidate: Candidate): string => candidate.references[0] ?? shortDigest(candidate);

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const several = (what: string, choices: readonly string[]): ArchiveError =>
	new ArchiveError('choose', `it holds several ${what}: ${choices.join(', ')}`, choices);

const isOn = (candidate: Candidate, platform: string): boolean =>
	candidate.platform === platform || candidate.platform.startsWith(`${platform}/`);

/**
 * The image that is meant. References are told apart first, then platforms.
 * @throws ArchiveError `choose` with the references or the platforms that there are, when it is not clear
 */
export const chosen = (candidates: readonly Candidate[], choice: ImageChoice): Candidate => {
	const {reference, platform} = choice;
	const named = reference === undefined ? candidates : candidates.filter(one => isNamed(one, reference));
	if (named.length === 0) {
		const names = distinct(candidates.map(labelOf));
		throw new ArchiveError('choose', `it does not hold ${reference}, but: ${names.join(', ')}`, names);
	}
	const fitting = platform === undefined ? named : named.filter(one => isOn(one, platform));
	if (fitting.length === 0) {
		const platforms = distinct(named.map(one => one.platform));
		throw new ArchiveError(
			'choose',
			`it has nothing for ${platform}, but for: ${platforms.join(', ')}`,
			platforms,
		);
	}
	const present = fitting.filter(one => one.isPresent);
	const left = present.length > 0 ? present : fitting;
	const [only, ...others] = left;
	if (only !== undefined && others.length === 0) return only;
	throw unclear(left);
};

const unclear = (candidates: readonly Candidate[]): ArchiveError => {
	const names = distinct(candidates.map(one => one.references[0] ?? ''));
	if (names.length > 1) return several('images', distinct(candidates.map(labelOf)));
	const platforms = distinct(candidates.map(one => one.platform));
	return platforms.length > 1
		? several('platforms', platforms)
		: several('images', distinct(candidates.map(shortDigest)));
};
