import {normaliseReference, parseReference} from '../format/image-name.ts';
import type {State, Transfer, TransferId} from '../state/model.ts';
import {isEnded} from '../state/slices/transfers.ts';
import {offlineReason} from './container-actions.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

export const checkImage = (value: string): string | undefined => {
	const parsed = parseReference(value.trim());
	return parsed.ok ? undefined : parsed.reason;
};

/** The reference as the engine takes it: with a tag or a digest. @throws FormProblem naming the value and the rule. */
export const referenceOf = (value: string, field: string): string => {
	const reference = normaliseReference(value.trim());
	if (!reference.ok) throw new FormProblem(reference.reason, field);
	return reference.value;
};

/** The pull of this image that is on its way. */
const underWay = (state: State, reference: string): Transfer | undefined =>
	[...state.transfers.values()].find(
		transfer => transfer.reference === reference && !isEnded(transfer.status),
	);

/** Asks for the pull; the same image is not asked for twice while it is on its way. */
export const requestPull = ({store, clock, nextId}: CommandContext, reference: string): TransferId => {
	const known = underWay(store.getState(), reference);
	if (known !== undefined) return known.id;
	const id = `pull-${nextId()}`;
	store.dispatch({type: 'ui/transfer-requested', id, reference, at: clock.now()});
	return id;
};

/** Resolves when the transfer has ended, however; rejects when Gantry leaves before. */
export const transferEnd = async ({store, signal}: CommandContext, id: TransferId): Promise<Transfer> =>
	new Promise((resolve, reject) => {
		const look = (): void => {
			const transfer = store.getState().transfers.get(id);
			if (transfer !== undefined && !isEnded(transfer.status)) return;
			stop();
			if (transfer === undefined) reject(new Error('the transfer was taken off the list'));
			else resolve(transfer);
		};
		const leave = (): void => {
			stop();
			reject(signal.reason);
		};
		const unsubscribe = store.subscribe(look);
		signal.addEventListener('abort', leave, {once: true});
		const stop = (): void => {
			unsubscribe();
			signal.removeEventListener('abort', leave);
		};
		look();
	});

const tellEnd = (context: CommandContext, transfer: Transfer): void => {
	switch (transfer.status) {
		case 'done':
			showSuccess(context, `${transfer.reference} pulled`);
			return;
		case 'cancelled':
			showInfo(context, `pull of ${transfer.reference} cancelled`);
			return;
		case 'failed':
			showError(
				context,
				`Cannot pull ${transfer.reference}: ${transfer.fault?.message ?? 'no reason given'}`,
				'r in the transfers pane tries again',
			);
			return;
		default:
	}
};

export const pullCommand: Command = {
	id: 'images.pull',
	scope: 'global',
	title: 'pull',
	help: 'Pulls an image from its registry, with progress',
	keys: ['P'],
	group: 'danger',
	inFooter: 8,
	argument: 'IMAGE',
	disabledReason: offlineReason,
	form: (_, input) =>
		input.argument === undefined
			? {
					title: 'Pull an image',
					action: 'Pull',
					fields: [
						{
							id: 'image',
							label: 'Image',
							hint: '[registry/]repository[:tag], the tag is latest when not given',
							kind: 'text',
							initial: '',
							check: checkImage,
						},
					],
				}
			: undefined,
	run: (context, input) => {
		const reference = referenceOf(input.values?.image ?? input.argument ?? '', 'image');
		if (underWay(context.store.getState(), reference) !== undefined) {
			showInfo(context, `${reference} is being pulled already`);
			return;
		}
		const id = requestPull(context, reference);
		// The pull goes on behind the closed form; leaving Gantry ends it, and nothing is left to tell then.
		transferEnd(context, id).then(
			transfer => {
				tellEnd(context, transfer);
			},
			() => undefined,
		);
	},
};
