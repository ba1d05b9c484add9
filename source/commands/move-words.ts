import {formatSize} from '../format/bytes.ts';
import {shortId} from '../format/image-name.ts';
import type {EngineChoice, State} from '../state/model.ts';
import type {ChoiceSpec, CommandInput, ConfirmSpec} from '../state/overlays.ts';
import {findNamed} from '../state/selectors/images.ts';
import {chosenEngine, isEngineHere, otherEngines, targetOf} from '../state/selectors/move-target.ts';
import type {MovedImage} from '../state/views/image-jobs.ts';
import type {MoveTarget} from '../state/views/move-target.ts';

type Known = Extract<MoveTarget, {status: 'known'}>;

export const noOtherReason = (state: State): string | undefined =>
	otherEngines(state).length === 0
		? 'no other engine is known here: docker context create makes one known'
		: undefined;

/** Which engine, where none was named, or no such. */
export const engineChoice = (state: State, input: CommandInput, what: string): ChoiceSpec | undefined => {
	if (chosenEngine(state, input) !== undefined) return undefined;
	const title =
		input.argument === undefined
			? `Move ${what} to another engine`
			: `No engine is called ${input.argument}: move ${what} to`;
	return {title, items: otherEngines(state), field: 'engine'};
};

/** As this engine is called: by its context, else by its address. */
export const hereName = (state: State): string =>
	state.engine.choices.find(choice => isEngineHere(state, choice))?.label ?? state.engine.place.address;

/** Images name their processors as Go does, engines as their kernels do. */
const goNames: Readonly<Record<string, string>> = {
	x86_64: 'amd64',
	aarch64: 'arm64',
	armv7l: 'arm',
	i686: '386',
};

const platformLine = (state: State, {info}: Known, to: string, images: readonly MovedImage[]) => {
	const {osType, architecture} = info;
	if (architecture === undefined) return [];
	const there = `${osType}/${goNames[architecture] ?? architecture}`;
	const platforms = images.map(({imageId}) => state.images.contents.get(imageId)?.platform ?? '');
	const other = platforms.find(
		platform => platform !== '' && platform !== there && !platform.startsWith(`${there}/`),
	);
	return other === undefined ? [] : [`${to} is ${there}, the image is for ${other}: it may not run there.`];
};

const namesShown = 5;

/** Names that stand for something else there. */
const takenLines = (images: readonly MovedImage[], {images: there}: Known, to: string): readonly string[] => {
	const taken = images.flatMap(({imageId, reference}) => {
		const holder = reference === undefined ? undefined : findNamed(there, reference);
		if (reference === undefined || holder === undefined || holder.id === imageId) return [];
		const left = holder.tags.length > 1 ? 'keeps its other names' : 'is left without a name';
		return [`On ${to} ${reference} names ${shortId(holder.id)}, which ${left}.`];
	});
	const more = taken.length - namesShown;
	return more > 0 ? [...taken.slice(0, namesShown), `… and ${more} more names.`] : taken;
};

const isThere = ({images}: Known, {imageId}: MovedImage): boolean => images.some(({id}) => id === imageId);

const isNamedThere = ({images}: Known, {imageId, reference}: MovedImage): boolean =>
	images.some(({id, tags}) => id === imageId && (reference === undefined || tags.includes(reference)));

export type MoveQuestion = {
	readonly title: string;
	readonly images: readonly MovedImage[];
	/** Before what is known of the other engine. */
	readonly lines: readonly string[];
	readonly list?: readonly string[];
	readonly toggles?: ConfirmSpec['toggles'];
	/** Of those that are not there already. */
	readonly sizeOf: (images: readonly MovedImage[]) => string | undefined;
};

const knownLines = (state: State, question: MoveQuestion, known: Known, to: string): readonly string[] => {
	const {images, sizeOf} = question;
	const absent = images.filter(image => !isThere(known, image));
	const size = sizeOf(absent);
	const isDone = images.length > 0 && images.every(image => isNamedThere(known, image));
	const {product, version} = known.info;
	return [
		`${to} answers: ${product} ${version} on ${known.info.name}.`,
		...(isDone
			? [`It has this already, by id and by name: there is nothing to send.`]
			: images.length > 0 && absent.length === 0
				? ['It has the same image already: only the name is given there.']
				: size === undefined
					? []
					: [`${size} at most go through this machine; layers that ${to} has are not kept twice.`]),
		...takenLines(images, known, to),
		...platformLine(state, known, to, images),
	];
};

/** What is sent where, with what is known of the other engine by now. */
export const moveConfirm = (
	state: State,
	engine: EngineChoice,
	question: MoveQuestion,
): ConfirmSpec | undefined => {
	const {title, images, lines, list, toggles = []} = question;
	const to = engine.label;
	const target = targetOf(state, engine);
	const base = {
		title,
		...(list && {list}),
		action: 'Move',
		toggles,
	};
	const first = [`From ${hereName(state)} to ${to} (${engine.note}). It stays here as well.`, ...lines];
	switch (target?.status) {
		case undefined:
			return {
				...base,
				lines: [...first, `Asking ${to} what it has …`],
				blocked: () => `${to} has not answered yet`,
			};
		case 'failed':
			return {
				...base,
				lines: [...first, `${to}: ${target.fault.message}`],
				blocked: () => `nothing can be sent to ${to} (esc leaves)`,
			};
		case 'known': {
			const isDone = images.length > 0 && images.every(image => isNamedThere(target, image));
			return {
				...base,
				lines: [...first, ...knownLines(state, question, target, to)],
				...(isDone && {blocked: () => `nothing to do: ${to} has it`}),
			};
		}
	}
};

/** The sum of their sizes: layers that several share go once. */
export const bytesOf = (state: State, images: readonly MovedImage[]): number =>
	[...new Set(images.map(({imageId}) => imageId))].reduce(
		(sum, id) => sum + (state.images.byId.get(id)?.sizeBytes ?? 0),
		0,
	);

export const sizeText = (state: State, images: readonly MovedImage[]): string =>
	formatSize(bytesOf(state, images));
