import {parseReference} from '../../format/image-name.ts';
import {DemoError} from '../contract.ts';

/** The name of an image as people write it: without `docker.io/` and `library/`. */
export type DemoReference = {
	/** e.g. `nginx`, `registry.example.com/platform/report-job` */
	readonly name: string;
	readonly tag?: string;
	/** `sha256:…` */
	readonly digest?: string;
};

/** @throws DemoError 400 in the engine's words */
export const demoReference = (text: string): DemoReference => {
	const name = parseReference(text);
	if (!name.ok) throw new DemoError(400, `invalid reference format${caseFault(text)}`);
	const {domain, repository, tag, digest} = name.value;
	const isDefault = domain === undefined || domain === 'docker.io' || domain === 'index.docker.io';
	return {
		name: isDefault ? repository.replace(/^library\/(?=[^/]+$)/, '') : `${domain}/${repository}`,
		...(tag !== undefined && {tag}),
		...(digest !== undefined && {digest}),
	};
};

const caseFault = (text: string): string => {
	const [name = ''] = text.split(/[:@]/, 1);
	if (!/^[\w./-]+$/.test(name) || name === name.toLowerCase()) return '';
	return `: repository name (${name.includes('/') ? name : `library/${name}`}) must be lowercase`;
};

/** `name:tag` or `name@digest`; the tag is `latest` when there is neither. */
export const referenceText = ({name, tag, digest}: DemoReference): string =>
	digest === undefined ? `${name}:${tag ?? 'latest'}` : `${name}@${digest}`;

/** The repository of `name:tag` or `name@digest`. */
export const repositoryOf = (reference: string): string => reference.replace(/(@[^@]*|:[^:/]*)$/, '');

/** A repository with its registry, as pushes and errors name it: `docker.io/library/nginx`. */
export const canonicalName = (name: string): string => {
	const [first = '', ...rest] = name.split('/');
	if (rest.length === 0) return `docker.io/library/${name}`;
	return /[.:]/.test(first) || first === 'localhost' ? name : `docker.io/${name}`;
};

export const noSuchImage = (reference: string): DemoError =>
	new DemoError(404, `No such image: ${/[:@]/.test(reference) ? reference : `${reference}:latest`}`);
