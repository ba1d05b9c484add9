import {normaliseReference, parseReference, shortId} from '../format/image-name.ts';
import {repositoryOf} from '../format/repository.ts';
import {hubHost} from '../registry/accounts-port.ts';
import {remoteReference} from '../registry/reference.ts';
import {tagKey} from '../resources/image-row.ts';
import type {State} from '../state/model.ts';
import type {CommandInput} from '../state/overlays.ts';
import {type ImageTarget, imageNamed, imageTargets} from '../state/selectors/images.ts';

/** One name of one image, on its way to a registry. */
export type Push = {
	readonly target: ImageTarget;
	/** With a tag. */
	readonly reference: string;
	/** The image has that name already. */
	readonly isNamed: boolean;
};

/** Where a push under a name goes, in words; nothing for what is no name. */
export const destinationOf = (reference: string): string | undefined => {
	const remote = remoteReference(reference);
	if (remote === undefined) return undefined;
	const {host, repository, reference: tag} = remote;
	return host === hubHost
		? `goes to docker.io/${repository}:${tag}: Docker Hub`
		: `goes to the registry ${host}, as ${repository}:${tag}`;
};

/** Docker Hub only because nothing else was said. */
export const isHubByDefault = (reference: string): boolean => {
	const parsed = parseReference(reference);
	return parsed.ok && parsed.value.domain === undefined;
};

/** The image's names in the repository of this one, itself among them. */
export const siblingsOf = ({image, reference}: ImageTarget): readonly string[] =>
	reference === undefined ? [] : image.tags.filter(tag => repositoryOf(tag) === repositoryOf(reference));

const pushOf = (target: ImageTarget, reference: string): Push => ({
	target,
	reference,
	isNamed: target.image.tags.includes(reference) || target.reference === reference,
});

/** The image that is here by the name that was typed behind `:push`. */
export const namedTarget = (state: State, argument: string): ImageTarget | undefined => {
	const reference = normaliseReference(argument);
	if (!reference.ok) return undefined;
	const image = imageNamed(state, reference.value);
	const tag = image?.tags.find(each => reference.value === each || reference.value.endsWith(`/${each}`));
	return image === undefined || tag === undefined
		? undefined
		: imageTargets(state, [tagKey(image.id, tag)])[0];
};

/** What the form was opened for: the image called so, else the chosen one. */
export const targetsOf = (state: State, {targets, argument}: CommandInput): readonly ImageTarget[] => {
	const named = argument === undefined ? undefined : namedTarget(state, argument);
	return named === undefined ? imageTargets(state, targets) : [named];
};

/** All tags of the repository under another one, or the one name that was typed. */
const asTyped = (target: ImageTarget, typed: string, isAll: boolean): readonly Push[] => {
	const reference = normaliseReference(typed);
	if (!reference.ok) return [];
	const siblings = isAll ? siblingsOf(target) : [];
	if (siblings.length === 0) return [pushOf(target, reference.value)];
	return siblings.map(tag =>
		pushOf(target, `${repositoryOf(reference.value)}${tag.slice(repositoryOf(tag).length)}`),
	);
};

/** What was asked for; images without a name are left out where several were marked. */
export const pushesOf = (state: State, input: CommandInput): readonly Push[] => {
	const targets = targetsOf(state, input);
	const [only] = targets;
	const {reference, all} = input.values ?? {};
	if (reference !== undefined && only !== undefined) return asTyped(only, reference, all === 'yes');
	return targets.flatMap(target =>
		target.reference === undefined ? [] : [pushOf(target, target.reference)],
	);
};

/** As a person calls it. */
export const nameOf = ({reference, image}: ImageTarget): string => reference ?? shortId(image.id);
