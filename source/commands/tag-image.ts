import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import {parseReference, shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import {selectUsers} from '../state/selectors/containers.ts';
import {type ImageTarget, imageNamed, imageTargets} from '../state/selectors/images.ts';
import {oneImageReason, selectedImages} from './image-targets.ts';
import {referenceOf} from './pull.ts';
import {showSuccess} from './toasts.ts';
import {type Command, FormProblem} from './types.ts';

const checkReference = (value: string): string | undefined => {
	const parsed = parseReference(value.trim());
	if (!parsed.ok) return parsed.reason;
	return parsed.value.digest === undefined ? undefined : `${value}: a new name has a tag, not a digest`;
};

/** What it would do to the image that has the name now; nothing when none has, or when it is the same. */
export const moveWarning = (state: State, {image}: ImageTarget, reference: string): string | undefined => {
	const holder = imageNamed(state, reference);
	if (holder === undefined || holder.id === image.id) return undefined;
	const users = selectUsers(state).get(holder.id)?.length ?? 0;
	const use = users === 0 ? '' : `, used by ${counted(users, 'container')}`;
	const left = holder.tags.length > 1 ? 'keeps its other names' : 'is left without a name';
	return `${reference} names ${shortId(holder.id)} (${formatSize(holder.sizeBytes)}${use}), which ${left}: switch "move" on to take it`;
};

export const tagCommand: Command = {
	id: 'images.tag',
	scope: 'images',
	title: 'tag',
	help: 'Gives the image another name; asks before it takes one from another image',
	keys: ['t'],
	group: 'danger',
	inFooter: 2,
	targets: selectedImages,
	disabledReason: oneImageReason,
	form: (state, input) => {
		const [target] = imageTargets(state, input.targets);
		if (target === undefined) return undefined;
		return {
			title: `Tag ${target.reference ?? shortId(target.image.id)}`,
			action: 'Tag',
			fields: [
				{
					id: 'reference',
					label: 'New name',
					hint: '[registry/]repository[:tag], the tag is latest when not given',
					kind: 'text',
					initial: target.reference ?? '',
					check: checkReference,
				},
				{
					id: 'move',
					label: 'Move',
					hint: 'take the name even from another image',
					kind: 'toggle',
					initial: '',
				},
			],
		};
	},
	run: async (context, input) => {
		const {engine, store, signal} = context;
		const [target] = imageTargets(store.getState(), input.targets);
		const given = input.values?.reference;
		if (target === undefined || given === undefined) return;
		const reference = referenceOf(given, 'reference');
		const warning = moveWarning(store.getState(), target, reference);
		if (warning !== undefined && input.values?.move !== 'yes') throw new FormProblem(warning, 'move');
		await engine.tagImage(target.image.id, reference, signal);
		showSuccess(context, `${reference} names ${shortId(target.image.id)}`);
	},
};
