import {normaliseReference, parseReference} from '../format/image-name.ts';
import {naturalOrder} from '../format/natural-order.ts';
import {parsePlatform} from '../format/platform.ts';
import {type PullLine, parsePullLine, pullLinesOf} from '../format/pull-line.ts';
import type {State, Transfer, TransferId} from '../state/model.ts';
import type {CommandInput, FieldSpec} from '../state/overlays.ts';
import {transferTitle} from '../state/selectors/transfer-status.ts';
import {isEnded} from '../state/slices/transfers.ts';
import type {PullChoice} from '../state/views/image-jobs.ts';
import {offlineReason} from './container-actions.ts';
import {showError, showInfo, showSuccess} from './toasts.ts';
import {type Command, type CommandContext, FormProblem} from './types.ts';

export const checkImage = (value: string): string | undefined => {
	const parsed = parseReference(value.trim());
	return parsed.ok ? undefined : parsed.reason;
};

const namesIn = (value: string): readonly string[] => value.split(/\s+/).filter(name => name !== '');

/** Of several names the first that is none. */
const checkImages = (value: string): string | undefined => {
	const names = namesIn(value);
	return names.length === 0 ? checkImage(value) : names.map(checkImage).find(reason => reason !== undefined);
};

/** The reference as the engine takes it: with a tag or a digest. @throws FormProblem naming the value and the rule. */
export const referenceOf = (value: string, field: string): string => {
	const reference = normaliseReference(value.trim());
	if (!reference.ok) throw new FormProblem(reference.reason, field);
	return reference.value;
};

/** The pull of this image, with the same choices, that is on its way. */
const underWay = (state: State, reference: string, choice: PullChoice): Transfer | undefined =>
	[...state.transfers.values()].find(
		({kind, status, pull, ...transfer}) =>
			kind === 'pull' &&
			transfer.reference === reference &&
			!isEnded(status) &&
			pull?.platform === choice.platform &&
			(pull?.isAllTags ?? false) === (choice.isAllTags ?? false),
	);

/** Asks for the pull; the same image is not asked for twice while it is on its way. */
export const requestPull = (
	{store, clock, nextId}: CommandContext,
	reference: string,
	choice: PullChoice = {},
): TransferId => {
	const known = underWay(store.getState(), reference, choice);
	if (known !== undefined) return known.id;
	const id = `pull-${nextId()}`;
	const pull = Object.keys(choice).length === 0 ? {} : {pull: choice};
	store.dispatch({type: 'ui/transfer-requested', id, reference, ...pull, at: clock.now()});
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

const tagsNamed = 6;

/** All that came are named in the list of images; here the first few. */
const tagsText = ({reference, results}: Transfer): string => {
	const tags = results.map(name => name.slice(reference.length + 1)).toSorted(naturalOrder);
	const more = tags.length - tagsNamed;
	return `: ${tags.slice(0, tagsNamed).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const isOpen = ({store}: CommandContext, {id}: Transfer): boolean => {
	const {screen} = store.getState().ui;
	return screen.kind === 'transfer' && screen.transferId === id;
};

const tellEnd = (context: CommandContext, transfer: Transfer): void => {
	const title = transferTitle(transfer);
	switch (transfer.status) {
		case 'done':
			showSuccess(context, `${title} pulled${transfer.pull?.isAllTags === true ? tagsText(transfer) : ''}`);
			return;
		case 'cancelled':
			showInfo(context, `pull of ${title} cancelled`);
			return;
		case 'failed':
			// Who looks at it has the reason before them: nothing must cover it.
			if (isOpen(context, transfer)) showInfo(context, `pull of ${title} failed`);
			else
				showError(
					context,
					`Cannot pull ${title}: ${transfer.fault?.message ?? 'no reason given'}`,
					transfer.fault?.hint ?? 'r in the transfers pane tries again',
				);
			return;
		default:
	}
};

const isUnderWay = (context: CommandContext, {reference, choice}: PullLine): boolean => {
	const known = underWay(context.store.getState(), reference, choice);
	if (known !== undefined) showInfo(context, `${transferTitle(known)} is being pulled already`);
	return known !== undefined;
};

/** Of many their ends are told once, but each failure. */
const tellEnds = (context: CommandContext, transfers: readonly Transfer[]): void => {
	const [only] = transfers;
	if (only !== undefined && transfers.length === 1) {
		tellEnd(context, only);
		return;
	}
	const done = transfers.filter(({status}) => status === 'done');
	for (const transfer of transfers) if (transfer.status === 'failed') tellEnd(context, transfer);
	const text = `${done.length} of ${transfers.length} images pulled`;
	if (done.length === transfers.length) showSuccess(context, text);
	else showInfo(context, text);
};

/** Asks for the pulls and tells their ends, behind whatever is on the screen by then. */
export const startPulls = (context: CommandContext, lines: readonly PullLine[]): void => {
	const wanted = lines.filter(line => !isUnderWay(context, line));
	const ids = wanted.map(({reference, choice}) => requestPull(context, reference, choice));
	// Leaving Gantry ends them, and nothing is left to tell then.
	Promise.all(ids.map(id => transferEnd(context, id))).then(
		transfers => {
			tellEnds(context, transfers);
		},
		() => undefined,
	);
};

export const startPull = (context: CommandContext, line: PullLine): void => {
	startPulls(context, [line]);
};

const checkPlatform = (value: string): string | undefined => {
	const parsed = value.trim() === '' ? undefined : parsePlatform(value);
	return parsed?.ok === false ? parsed.reason : undefined;
};

/** For engines that listen to it: API 1.32 and later. */
export const platformFields = (state: State, hint: string): readonly FieldSpec[] =>
	Number(state.engine.info?.apiVersion.split('.')[1] ?? 32) < 32
		? []
		: [{id: 'platform', label: 'Platform', hint, kind: 'text', initial: '', check: checkPlatform}];

/** @throws FormProblem naming the value and the rule, at its field */
const linesOf = (input: CommandInput): readonly PullLine[] => {
	const {values, argument = ''} = input;
	const lines =
		values === undefined
			? parsePullLine(argument)
			: pullLinesOf(namesIn(values.image ?? ''), values.platform ?? '', values.tags === 'yes');
	if (lines.ok) return lines.value;
	throw new FormProblem(lines.reason, 'image');
};

export const pullCommand: Command = {
	id: 'images.pull',
	scope: 'global',
	title: 'pull',
	help: 'Pulls an image from its registry, with progress: for another platform, or all tags, too',
	keys: ['P'],
	group: 'danger',
	inFooter: 8,
	argument: '[--platform P] [--all-tags] IMAGE…',
	disabledReason: offlineReason,
	form: (state, input) =>
		input.argument === undefined
			? {
					title: 'Pull an image',
					action: 'Pull',
					fields: [
						{
							id: 'image',
							label: 'Image',
							hint: '[registry/]repository[:tag], the tag is latest when not given; several with spaces between',
							kind: 'text',
							initial: '',
							check: checkImages,
						},
						...platformFields(state, "os/architecture, the engine's own when not given"),
						{
							id: 'tags',
							label: 'All tags',
							hint: 'every tag of the repository',
							kind: 'toggle',
							initial: '',
						},
					],
				}
			: undefined,
	run: (context, input) => {
		startPulls(context, linesOf(input));
	},
};
