import {formatSize} from '../format/bytes.ts';
import {counted} from '../format/counted.ts';
import {shortId} from '../format/image-name.ts';
import type {State} from '../state/model.ts';
import {type ImageTarget, imageTargets} from '../state/selectors/images.ts';
import {offlineReason} from './container-actions.ts';
import {onEach} from './on-each.ts';
import type {Command} from './types.ts';

const nameOf = (target: ImageTarget): string => target.reference ?? `<none> ${shortId(target.image.id)}`;

/** What removing this one row does: a name goes, or with the last name the image itself. */
const effect = (target: ImageTarget): string => {
	const others = target.image.tags.length - 1;
	if (others > 0)
		return `Only the name goes: ${others} other ${others === 1 ? 'tag keeps' : 'tags keep'} the image.`;
	return `The image ${shortId(target.image.id)} of ${formatSize(target.image.sizeBytes)} is deleted.`;
};

const usage = (chosen: readonly ImageTarget[]): readonly string[] => {
	const used = chosen.filter(target => target.usedBy.length > 0);
	const names = [...new Set(used.flatMap(target => target.usedBy))];
	if (names.length === 0) return [];
	const shown = names.slice(0, 6).join(', ');
	return [`Used by ${counted(names.length, 'container')}: ${shown}${names.length > 6 ? ' …' : ''}`];
};

export const removeImageCommand: Command = {
	id: 'images.remove',
	scope: 'images',
	title: 'remove',
	help: 'Removes a tag, and with the last one the image; asks first',
	keys: ['d'],
	group: 'danger',
	inFooter: 1,
	targets: (state: State) => imageTargets(state).map(target => target.key),
	disabledReason: state => (imageTargets(state).length === 0 ? 'no image is selected' : offlineReason(state)),
	confirm: (state, input) => {
		const chosen = imageTargets(state, input.targets);
		const [only] = chosen;
		if (only === undefined) return undefined;
		const isOne = chosen.length === 1;
		return {
			title: isOne ? `Remove ${nameOf(only)}?` : `Remove ${chosen.length} images?`,
			lines: [
				isOne ? effect(only) : chosen.slice(0, 8).map(nameOf).join(', ') + (chosen.length > 8 ? ' …' : ''),
				...usage(chosen),
			],
			action: 'Remove',
			toggles: [{id: 'force', key: 'f', label: 'force: also when a stopped container uses it'}],
			...(isOne ? {} : {mustType: String(chosen.length)}),
		};
	},
	run: async (context, input) => {
		const chosen = new Map(
			imageTargets(context.store.getState(), input.targets).map(target => [target.key, target]),
		);
		const force = input.values?.force === 'yes';
		await onEach(
			context,
			[...chosen.keys()],
			{
				commandId: 'images.remove',
				verb: 'removing',
				done: 'removed',
				infinitive: 'remove',
				kind: 'image',
				nameOf: key => {
					const target = chosen.get(key);
					return target === undefined ? key : nameOf(target);
				},
			},
			async key => {
				const target = chosen.get(key);
				if (target === undefined) return;
				await context.engine.removeImage(target.reference ?? target.image.id, {force}, context.signal);
			},
		);
	},
};
