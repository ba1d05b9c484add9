import type {ChangeKind} from '../../layers/tree/view.ts';
import type {Message} from '../messages.ts';
import type {Screen} from '../model.ts';
import type {CompareFact, CompareView, Pair, Side} from '../views/compare.ts';

const waiting = {status: 'waiting'} as const;

const initial = ({sides}: Extract<Screen, {kind: 'compare'}>): CompareView => ({
	imageIds: [sides[0].imageId, sides[1].imageId],
	readings: [waiting, waiting],
	trees: [undefined, undefined],
	turn: 0,
	isStopped: false,
	section: 'files',
	shown: new Set<ChangeKind>(['added', 'modified', 'metadata', 'removed']),
	isFlat: false,
	sort: 'delta',
	isTimeCompared: false,
	unfolded: new Set(),
	isRevealed: false,
});

const withSide = <Value>([left, right]: Pair<Value>, side: Side, value: Value): Pair<Value> =>
	side === 0 ? [value, right] : [left, value];

const reduceFacts = (view: CompareView, message: CompareFact): CompareView => {
	const {readings, trees} = view;
	switch (message.type) {
		case 'compare/began': {
			const reading = {status: 'reading', startedAt: message.at, readBytes: 0} as const;
			return {...view, readings: withSide(readings, message.side, reading)};
		}
		case 'compare/progressed': {
			const reading = readings[message.side];
			if (reading.status !== 'reading') return view;
			const {readBytes} = message;
			return {...view, readings: withSide(readings, message.side, {...reading, readBytes})};
		}
		case 'compare/tree-arrived':
			return {...view, trees: withSide(trees, message.side, message.tree)};
		case 'compare/ended':
			return {
				...view,
				trees: withSide(trees, message.side, message.tree),
				readings: withSide(readings, message.side, {status: 'done'}),
			};
		case 'compare/failed': {
			const reading = {status: 'failed', fault: message.fault} as const;
			return {...view, readings: withSide(readings, message.side, reading)};
		}
		case 'compare/compared': {
			const isFirst = view.comparison === undefined;
			const unfolded = isFirst ? message.unfolded : view.unfolded;
			return {...view, comparison: message.comparison, unfolded};
		}
	}
};

const toggled = (shown: ReadonlySet<ChangeKind>, kinds: readonly ChangeKind[]): ReadonlySet<ChangeKind> => {
	const given = new Set(kinds);
	return kinds.some(kind => shown.has(kind)) ? shown.difference(given) : shown.union(given);
};

/** What was not read to its end waits again. */
const unread = ({readings: [left, right], ...view}: CompareView, isStopped: boolean): CompareView => ({
	...view,
	isStopped,
	readings: [left.status === 'done' ? left : waiting, right.status === 'done' ? right : waiting],
});

const reduceOwn = (view: CompareView, message: Message): CompareView => {
	switch (message.type) {
		case 'compare/section-chosen':
			return {...view, section: message.section};
		case 'compare/kinds-toggled':
			return {...view, shown: toggled(view.shown, message.kinds)};
		case 'compare/flat-toggled':
			return {...view, isFlat: !view.isFlat};
		case 'compare/sorted':
			return {...view, sort: message.sort};
		case 'compare/time-toggled':
			return {...view, isTimeCompared: !view.isTimeCompared};
		case 'compare/secrets-toggled':
			return {...view, isRevealed: !view.isRevealed};
		case 'compare/unfolded':
			return {...view, unfolded: message.unfolded};
		case 'compare/stopped':
			return unread(view, true);
		case 'compare/reread':
			return {...unread(view, false), turn: view.turn + 1};
		case 'compare/began':
		case 'compare/progressed':
		case 'compare/tree-arrived':
		case 'compare/ended':
		case 'compare/failed':
		case 'compare/compared':
			return reduceFacts(view, message);
		default:
			return view;
	}
};

/** Two images side by side, while their screen is open. */
export const reduceCompare = (view: CompareView | undefined, message: Message): CompareView | undefined => {
	if (message.type === 'ui/screen-opened')
		return message.screen.kind === 'compare' ? initial(message.screen) : undefined;
	return view && reduceOwn(view, message);
};
