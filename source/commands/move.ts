import type {Container} from '../engine/types.ts';
import {shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import type {CommandInput} from '../state/overlays.ts';
import {containersNamed} from '../state/selectors/containers.ts';
import {imageNamed, imageTargets} from '../state/selectors/images.ts';
import {chosenEngine} from '../state/selectors/move-target.ts';
import type {MovedImage} from '../state/views/image-jobs.ts';
import {containerTargets, singleReason} from './container-actions.ts';
import {isActive} from './container-states.ts';
import {imagesReason, selectedImages} from './image-targets.ts';
import {bytesOf, engineChoice, hereName, moveConfirm, noOtherReason, sizeText} from './move-words.ts';
import {nameOf} from './push-plan.ts';
import {requestMove} from './request-move.ts';
import {type Command, FormProblem} from './types.ts';

const imagesOf = (state: State, {targets}: CommandInput): readonly MovedImage[] =>
	imageTargets(state, targets).map(({image, reference}) => ({
		imageId: image.id,
		...(reference !== undefined && {reference}),
	}));

const titleOf = (state: State, {targets}: CommandInput): string => {
	const [first, ...others] = imageTargets(state, targets);
	if (first === undefined) return '';
	return others.length === 0 ? nameOf(first) : `${others.length + 1} images`;
};

const moveImages: Command = {
	id: 'images.move',
	scope: 'images',
	title: 'move to another engine',
	help: 'Sends images to another engine, over save and load at once, without a file between',
	keys: [],
	group: 'danger',
	argument: '[ENGINE]',
	targets: selectedImages,
	disabledReason: state => imagesReason(state) ?? noOtherReason(state),
	follows: ({moveTarget}) => moveTarget,
	choice: (state, input) => engineChoice(state, input, titleOf(state, input)),
	confirm: (state, input) => {
		const engine = chosenEngine(state, input);
		const images = imagesOf(state, input);
		if (engine === undefined || images.length === 0) return undefined;
		return moveConfirm(state, engine, {
			title: `Move ${titleOf(state, input)} to ${engine.label}?`,
			images,
			lines: [],
			...(images.length > 1 && {list: images.map(({reference, imageId}) => reference ?? shortId(imageId))}),
			sizeOf: absent => sizeText(state, absent),
		});
	},
	run: (context, input) => {
		const state = context.store.getState();
		const engine = chosenEngine(state, input);
		const images = imagesOf(state, input);
		if (engine === undefined || images.length === 0) throw new FormProblem('it was removed meanwhile');
		context.store.dispatch({type: 'ui/marks-set', list: 'images', keys: []});
		requestMove(context, `${titleOf(state, input)} → ${engine.label}`, {
			kind: 'move',
			images,
			engineId: engine.id,
			from: hereName(state),
			to: engine.label,
			totalBytes: bytesOf(state, images),
		});
	},
};

/** A name that no image has yet, after the container's, as a repository may be called. */
const freeName = (state: State, {name}: Container): string => {
	const repository =
		name
			.toLowerCase()
			.replaceAll(/[^a-z0-9]+/g, '-')
			.replaceAll(/^-|-$/g, '') || 'container';
	for (let number = 1; ; number += 1) {
		const reference = `${repository}:moved${number === 1 ? '' : `-${number}`}`;
		if (imageNamed(state, reference) === undefined) return reference;
	}
};

const moveContainer: Command = {
	id: 'containers.move',
	scope: 'containers',
	title: 'move to another engine',
	help: 'Commits the container to an image and sends that to another engine; the container stays as it is',
	keys: [],
	group: 'danger',
	argument: '[ENGINE]',
	targets: containerTargets,
	disabledReason: state => singleReason()(state) ?? noOtherReason(state),
	follows: ({moveTarget}) => moveTarget,
	choice: (state, input) => {
		const [container] = containersNamed(state, input.targets);
		return engineChoice(state, input, container?.name ?? '');
	},
	confirm: (state, input) => {
		const engine = chosenEngine(state, input);
		const [container] = containersNamed(state, input.targets);
		if (engine === undefined || container === undefined) return undefined;
		const reference = freeName(state, container);
		return moveConfirm(state, engine, {
			title: `Move ${container.name} to ${engine.label}?`,
			images: [],
			lines: [
				`Its files as they are now become the image ${reference} here, which is sent. Volumes are not in it.`,
				...(isActive(container) ? ['It is frozen while it is committed.'] : []),
			],
			toggles: isActive(container)
				? [{id: 'running', key: 'n', label: 'not frozen: files may change meanwhile'}]
				: [],
			sizeOf: () => undefined,
		});
	},
	run: (context, input) => {
		const state = context.store.getState();
		const engine = chosenEngine(state, input);
		const [container] = containersNamed(state, input.targets);
		if (engine === undefined || container === undefined) throw new FormProblem('it was removed meanwhile');
		const {id: containerId, name} = container;
		requestMove(context, `${name} → ${engine.label}`, {
			kind: 'move',
			images: [],
			commit: {
				containerId,
				name,
				reference: freeName(state, container),
				isPausing: input.values?.running !== 'yes',
			},
			engineId: engine.id,
			from: hereName(state),
			to: engine.label,
		});
	},
};

export const moveCommands: readonly Command[] = [moveImages, moveContainer];
