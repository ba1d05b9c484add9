import {Lines} from '../components/lines.tsx';
import {spinnerFrame} from '../components/spinner.ts';
import {formatMemory} from '../format/bytes.ts';
import {cellWidth, cut, fit} from '../format/cells.ts';
import {counted} from '../format/counted.ts';
import {sanitise} from '../format/sanitise.ts';
import {useServices} from '../hooks/services.ts';
import {useSelector} from '../hooks/use-selector.ts';
import {type HeaderFacts, selectHeader} from '../state/selectors/header.ts';
import type {Theme} from '../theme/theme.ts';
import type {Token} from '../theme/tokens.ts';

/** A piece of the header; `rank` says which goes first when it gets narrow (the highest). */
type Segment = {readonly text: string; readonly tone?: Token; readonly rank: number};

const gap = '   ';

const share = (used: number, all: number): string => `${formatMemory(used)}/${formatMemory(all)}`;

/** Of the line; a longer address keeps its two ends. */
const addressShare = 0.4;

const liveSegments = (facts: HeaderFacts, width: number, theme: Theme): readonly Segment[] => {
	const {info} = facts;
	const dot = theme.glyphs.running;
	const segments: Segment[] = [
		{text: cut(facts.address, Math.floor(width * addressShare), 'middle', theme.glyphs.ellipsis), rank: 3},
		...(info === undefined ? [] : [{text: `${info.product} ${info.version}`, rank: 5}]),
		facts.isLive
			? {text: `${dot} live`, tone: 'good', rank: 1}
			: {text: `${spinnerFrame(theme.glyphs, facts.now)} connecting`, tone: 'watch', rank: 1},
		...(facts.isReadOnly ? [{text: 'read-only', tone: 'watch' as const, rank: 0}] : []),
		...(facts.alarms === 0
			? []
			: [{text: counted(facts.alarms, 'alarm'), tone: 'trouble' as const, rank: 1}]),
	];
	if (info === undefined) return segments;
	const least = facts.isPartial ? theme.glyphs.atLeast : '';
	const cpu = `cpu ${least}${Math.round(facts.cpuPercent)}% of ${info.cpus * 100}%`;
	return [
		...segments,
		{text: cpu, rank: 4},
		{text: `mem ${least}${share(facts.memoryBytes, info.memoryBytes)}`, rank: 6},
		{text: `${facts.running} running / ${facts.containers}`, rank: 2},
		{text: counted(facts.images, 'image'), rank: 7},
	];
};

/** As many segments as there is room for, the most telling first, in their own order; exactly `width` cells. */
const joined = (segments: readonly Segment[], width: number, theme: Theme): string => {
	const kept = new Set<Segment>();
	let room = width + gap.length;
	for (const segment of segments.toSorted((a, b) => a.rank - b.rank)) {
		const cells = cellWidth(segment.text) + gap.length;
		if (cells > room) continue;
		kept.add(segment);
		room -= cells;
	}
	const texts = segments.filter(segment => kept.has(segment)).map(({text, tone}) => theme.paint(tone, text));
	return texts.join(gap) + fit('', kept.size === 0 ? width : room);
};

/** The embedded engine is told apart at every width, whatever else there is to say. */
const nameOf = (facts: HeaderFacts): string => (facts.isDemo ? ' DEMO gantry' : ' gantry');

const awayText = (facts: HeaderFacts): string => {
	const {away} = facts;
	if (away === undefined) return '';
	const seconds =
		away.retryAt === undefined ? undefined : Math.max(0, Math.ceil((away.retryAt - facts.now) / 1000));
	const next = seconds === undefined ? 'trying now' : `next try in ${seconds} s`;
	// What may be cut off comes last; the footer has the key that tries at once.
	return `engine away, ${next}: ${sanitise(away.reason)} · ${facts.address}`;
};

const headerLine = (facts: HeaderFacts, width: number, theme: Theme): string => {
	const name = nameOf(facts);
	if (facts.away !== undefined) {
		const text = `${name}  ${theme.glyphs.dead} ${awayText(facts)}`;
		return theme.paint('trouble', fit(theme.spell(text), width, {ellipsis: theme.glyphs.ellipsis}));
	}
	const room = width - cellWidth(name) - 2;
	if (room < 1) return fit(name, width);
	return `${theme.paint('title', name)}  ${joined(liveSegments(facts, room, theme), room, theme)}`;
};

/** Where we are connected, how that stands, and the totals of the engine: one line. */
export const Header = () => {
	const {theme} = useServices();
	const facts = useSelector(selectHeader);
	const columns = useSelector(state => state.ui.columns);
	return <Lines lines={[headerLine(facts, columns, theme)]} width={columns} height={1} />;
};
