import {cellWidth, cut} from './cells.ts';
import {accept, type Parsed, type Refusal, refuse} from './parsed.ts';

export type ImageReference = {
	/** Registry host with its port when it is not the default; absent: the engine's default registry. */
	readonly domain?: string;
	readonly repository: string;
	readonly tag?: string;
	readonly digest?: string;
};

const MAX_NAME_LENGTH = 255;
const PATH_COMPONENT = /^[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*$/;
const DOMAIN =
	/^(?:(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])(?:\.(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))*|\[[0-9a-fA-F:]+\])(?::\d+)?$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;
const SHA256 = /^sha256:[0-9a-f]{64}$/;
const BARE_ID = /^[0-9a-f]{64}$/;

const splitOnce = (text: string, at: number): readonly [string, string | undefined] =>
	at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];

/** The first part is a host when it could not be part of a name on the default registry. */
const splitDomain = (name: string): readonly [string | undefined, string] => {
	const [first, rest] = splitOnce(name, name.indexOf('/'));
	return rest !== undefined && (/[.:[]/.test(first) || first === 'localhost' || first !== first.toLowerCase())
		? [first, rest]
		: [undefined, name];
};

const checkRepository = (repository: string): Refusal | undefined => {
	if (repository === '') return refuse(repository, 'an image name is missing');
	if (repository !== repository.toLowerCase())
		return refuse(repository, 'a repository name is lower case throughout');
	if (BARE_ID.test(repository)) return refuse(repository, 'a bare image id is not a name');
	const wrong = repository.split('/').find(part => !PATH_COMPONENT.test(part));
	return wrong === undefined
		? undefined
		: refuse(
				wrong === '' ? repository : wrong,
				'each part of a repository name is a-z and 0-9, with single . _ __ or - only between them',
			);
};

const checkSuffixes = (
	name: string,
	tag: string | undefined,
	digest: string | undefined,
): Refusal | undefined => {
	if (tag === '') return refuse(`${name}:`, 'the tag after the colon is missing');
	if (tag !== undefined && !TAG.test(tag))
		return refuse(
			tag,
			'a tag is letters, digits and _ . - (not beginning with . or -), 128 characters at most',
		);
	if (digest === undefined) return undefined;
	if (digest.startsWith('sha256:') && !SHA256.test(digest))
		return refuse(digest, 'a sha256 digest has 64 digits of 0-9 and a-f');
	return DIGEST.test(digest)
		? undefined
		: refuse(digest, 'a digest is algorithm:hex, such as sha256:… with 64 digits');
};

/**
 * Takes `[domain/]repository[:tag][@digest]` apart.
 * Source: the grammar of distribution/reference, with docker's rule for what counts as a domain.
 */
export const parseReference = (text: string): Parsed<ImageReference> => {
	const whole = text.trim();
	if (whole === '') return refuse(text, 'an image name is needed, such as nginx:1.27');
	const [tagged, digest] = splitOnce(whole, whole.indexOf('@'));
	const colon = tagged.lastIndexOf(':');
	const [name, tag] = splitOnce(tagged, colon > tagged.lastIndexOf('/') ? colon : -1);
	const [domain, repository] = splitDomain(name);
	if (domain !== undefined && !DOMAIN.test(domain))
		return refuse(domain, 'a registry is host or host:port, such as registry.example.com:5000');
	if (name.length > MAX_NAME_LENGTH)
		return refuse(name, `an image name has ${MAX_NAME_LENGTH} characters at most`);
	const refusal = checkRepository(repository) ?? checkSuffixes(name, tag, digest);
	return (
		refusal ??
		accept({
			...(domain !== undefined && {domain}),
			repository,
			...(tag !== undefined && {tag}),
			...(digest !== undefined && {digest}),
		})
	);
};

const formatReference = ({domain, repository, tag, digest}: ImageReference): string =>
	(domain === undefined ? '' : `${domain}/`) +
	repository +
	(tag === undefined ? '' : `:${tag}`) +
	(digest === undefined ? '' : `@${digest}`);

/** The reference with `:latest` when it has neither tag nor digest. */
export const normaliseReference = (text: string): Parsed<string> => {
	const parsed = parseReference(text);
	if (!parsed.ok) return parsed;
	const {tag, digest} = parsed.value;
	const isOpen = tag === undefined && digest === undefined;
	return accept(formatReference(isOpen ? {...parsed.value, tag: 'latest'} : parsed.value));
};

/** A whole id, rather than a name. */
export const isImageId = (text: string): boolean => /^(?:sha256:)?[0-9a-f]{64}$/.test(text);

/** Twelve digits of an id, without the algorithm. */
export const shortId = (id: string): string => id.slice(id.indexOf(':') + 1).slice(0, 12);

/** At most `width` cells of an image name, with its telling end: `reg.example.com/…/api:1.4.2`. */
export const shortenImage = (name: string, width: number, ellipsis = '…'): string => {
	if (cellWidth(name) <= width) return name;
	const parts = name.split('/');
	const last = parts.at(-1) ?? name;
	const candidates =
		parts.length < 2
			? []
			: [...(parts.length > 2 ? [`${parts[0]}/${ellipsis}/${last}`] : []), `${ellipsis}/${last}`];
	return candidates.find(candidate => cellWidth(candidate) <= width) ?? cut(last, width, 'middle', ellipsis);
};
