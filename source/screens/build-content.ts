import type {Size} from '../components/pane.tsx';
import {PANE_BORDER, type PaneContent} from '../components/pane-lines.ts';
import {spinnerFrame} from '../components/spinner.ts';
import {formatSize} from '../format/bytes.ts';
import {cellWidth, fit} from '../format/cells.ts';
import {counted} from '../format/counted.ts';
import {formatTook} from '../format/duration.ts';
import {sanitise} from '../format/sanitise.ts';
import {fitStyled, withoutStyles} from '../format/styled.ts';
import {MARK_GUTTER} from '../format/table-metrics.ts';
import {wrapWhole} from '../format/wrap.ts';
import {type BuildRow, stepTones} from '../resources/build.ts';
import type {State, Transfer} from '../state/model.ts';
import {outputIndent} from '../state/selectors/build-details.ts';
import {openBuild, selectBuildRows, stepCounts} from '../state/selectors/build-rows.ts';
import {listView} from '../state/selectors/rows.ts';
import type {Theme} from '../theme/theme.ts';

type Step = Extract<BuildRow, {kind: 'step'}>;

type Look = {
	readonly width: number;
	readonly numberWidth: number;
	readonly now: number;
	readonly theme: Theme;
};

const stateWidth = 9;
const timeWidth = 6;
/** Narrower panes tell the state by its sign alone. */
const widthForWords = 60;
/** Below this not even the signs have room. */
const widthForAll = 30;

const signOf = ({status}: Step, {now, theme: {glyphs}}: Look): string => {
	switch (status) {
		case 'waiting':
			return glyphs.created;
		case 'running':
			return spinnerFrame(glyphs, now);
		case 'cached':
		case 'done':
			return glyphs.mark;
		case 'failed':
			return glyphs.dead;
		case 'cancelled':
			return glyphs.exited;
	}
};

const timeOf = ({status, runningSince, tookMs}: Step, now: number): string => {
	if (runningSince !== undefined) return formatTook(Math.max(0, now - runningSince));
	return tookMs === undefined || status === 'cached' ? '' : formatTook(tookMs);
};

const stepLine = (row: Step, look: Look, isUniform: boolean): string => {
	const {width, numberWidth, now, theme} = look;
	const paint = (token: Parameters<Theme['paint']>[0], text: string): string =>
		isUniform ? text : theme.paint(token, text);
	const {glyphs} = theme;
	const fold = row.hasOutput ? (row.isOpen ? glyphs.open : glyphs.closed) : ' ';
	const number = numberWidth === 0 ? '' : `${fit(theme.spell(sanitise(row.number)), numberWidth)} `;
	const isQuiet = row.status === 'done' || row.status === 'waiting';
	const word = width < widthForWords ? '' : ` ${fit(isQuiet ? '' : row.status, stateWidth)}`;
	const time = fit(timeOf(row, now), timeWidth, {align: 'right'});
	const used = MARK_GUTTER + 4 + cellWidth(number) + cellWidth(word) + 1 + timeWidth;
	const title = fit(theme.spell(sanitise(row.title)), Math.max(0, width - used), {ellipsis: glyphs.ellipsis});
	const tone = stepTones[row.status];
	return (
		`${' '.repeat(MARK_GUTTER)}${fold} ${paint(tone, signOf(row, look))} ${paint('dim', number)}` +
		`${paint(row.status === 'waiting' || row.status === 'cancelled' ? 'dim' : undefined, title)}` +
		`${paint(tone, word)} ${paint('dim', time)}`
	);
};

const outputText = (text: string, {theme}: Look, isPlain: boolean): string => {
	const told = isPlain || theme.colours === 'none' ? withoutStyles(text) : text;
	return theme.isUnicode ? told : told.replace(/[^\x20-\x7e\x1b]/gu, '?');
};

const detailLine = (row: Exclude<BuildRow, Step>, look: Look, isUniform: boolean): string => {
	const {width, theme} = look;
	const room = width - outputIndent;
	const rule = `${' '.repeat(MARK_GUTTER)}${isUniform ? theme.glyphs.tree.line : theme.paint('dim', theme.glyphs.tree.line)} `;
	switch (row.kind) {
		case 'output':
			return rule + fitStyled(outputText(row.text, look, isUniform), room);
		case 'error': {
			const text = fit(theme.spell(sanitise(row.text)), room);
			return rule + (isUniform ? text : theme.paint('trouble', text));
		}
		case 'dropped': {
			const text = fit(theme.spell(`${counted(row.count, 'earlier line')} let go`), room);
			return rule + (isUniform ? text : theme.paint('dim', text));
		}
	}
};

const rowLine = (row: BuildRow, look: Look, cursor: boolean, isFocused: boolean): string => {
	const isUniform = cursor && isFocused;
	const whole = row.kind === 'step' ? stepLine(row, look, isUniform) : detailLine(row, look, isUniform);
	const line = look.width < widthForAll ? fitStyled(whole, look.width) : whole;
	if (!cursor) return line;
	return look.theme.paint(isFocused ? 'selection' : 'selectionIdle', line);
};

const contextText = ({build, status}: Transfer): string => {
	if (build === undefined) return '';
	const {contextBytes, contextFiles, isContextSent} = build;
	const size = `${formatSize(contextBytes)}, ${counted(contextFiles, 'file')}`;
	if (isContextSent) return `context ${size}`;
	return status === 'running' ? `sending the context: ${size}` : '';
};

const statusText = (transfer: Transfer, now: number): string => {
	const {status, startedAt, endedAt} = transfer;
	const time = startedAt === undefined ? '' : formatTook((endedAt ?? now) - startedAt);
	switch (status) {
		case 'queued':
		case 'retrying':
			return 'queued';
		case 'running':
			return `building ${time}`;
		case 'cancelling':
			return 'cancelling';
		case 'done':
			return `built in ${time}`;
		case 'failed':
		case 'cancelled':
			return time === '' ? status : `${status} after ${time}`;
	}
};

const badgesOf = (state: State, transfer: Transfer): readonly string[] => {
	const {build} = transfer;
	const {filter} = state.ui.lists.build;
	const {done, cached, total} = build === undefined ? {done: 0, cached: 0, total: 0} : stepCounts(build);
	return [
		statusText(transfer, state.now),
		total === 0 ? '' : `${done}/${total} steps${cached === 0 ? '' : `, ${cached} cached`}`,
		filter === '' ? '' : `/${sanitise(filter)}`,
		contextText(transfer),
		build?.builder ?? '',
		...(build?.notes.slice(-1) ?? []),
	].filter(text => text !== '');
};

/** What is said where steps would be: why there are none, or what goes on before the first. */
const emptyText = (state: State, transfer: Transfer | undefined): string => {
	if (transfer === undefined) return 'This build was taken off the list of transfers.';
	const {filter} = state.ui.lists.build;
	if (filter !== '') return `Nothing matches "${filter}". esc clears the filter.`;
	const {status, fault, build} = transfer;
	switch (status) {
		case 'queued':
		case 'retrying':
			return 'It begins when another transfer has ended.';
		case 'running':
			return build?.isContextSent === true
				? 'The engine has the context; no step has begun.'
				: `Sending the context: ${formatSize(build?.contextBytes ?? 0)}`;
		case 'failed':
			return `It failed before its first step: ${fault?.message ?? 'no reason given'}`;
		case 'cancelling':
		case 'cancelled':
			return 'It was cancelled before its first step.';
		case 'done':
			return 'The engine told of no step.';
	}
};

/** A fault that belongs to no step stands below the steps: the engine was lost, or ended without an image. */
const faultLines = ({build, status, fault}: Transfer, width: number, theme: Theme): readonly string[] => {
	if (status !== 'failed' || fault === undefined || build === undefined || build.steps.length === 0)
		return [];
	if (build.steps.some(step => step.status === 'failed')) return [];
	return wrapWhole(fault.message, width - 2)
		.slice(0, 4)
		.map(line => theme.paint('trouble', fit(`  ${theme.spell(line)}`, width)));
};

const headerLine = ({width, numberWidth, theme}: Look): string => {
	const number = numberWidth === 0 ? '' : `${fit('STEP', numberWidth)} `;
	const head = `${' '.repeat(MARK_GUTTER + 4)}${number}INSTRUCTION`;
	return theme.paint('header', fit(`${fit(head, Math.max(0, width - 4))}TIME`, width));
};

/** The build that is open: its steps, what they print, how far it is. */
export const buildContent = (state: State, size: Size, theme: Theme): PaneContent => {
	const width = Math.max(0, size.width - PANE_BORDER);
	const transfer = openBuild(state);
	const rows = selectBuildRows(state);
	const numbers = rows.map(row => (row.kind === 'step' ? cellWidth(row.number) : 0));
	const widest = numbers.reduce((most, cells) => Math.max(most, cells), 0);
	const look: Look = {
		width,
		numberWidth: Math.min(Math.max(widest, widest === 0 ? 0 : 4), Math.floor(width / 4)),
		now: state.now,
		theme,
	};
	const view = listView(state, 'build');
	const isFocused = state.ui.overlays.length === 0;
	const faults = transfer === undefined ? [] : faultLines(transfer, width, theme);
	const shown = rows
		.slice(view.offset, view.offset + view.height)
		.map((row, index) => rowLine(row, look, view.offset + index === view.cursor, isFocused));
	const words = wrapWhole(sanitise(emptyText(state, transfer)), width - 4).map(line =>
		theme.paint(transfer?.status === 'failed' ? 'trouble' : 'dim', fit(`  ${theme.spell(line)}`, width)),
	);
	const body = rows.length === 0 ? [fit('', width), ...words] : [headerLine(look), ...shown];
	const room = size.height - PANE_BORDER - faults.length;
	return {
		width: size.width,
		height: size.height,
		title: `Build ${transfer?.reference ?? ''}`.trim(),
		badges: transfer === undefined ? [] : badgesOf(state, transfer),
		isFocused,
		hasMoreAbove: view.offset > 0,
		hasMoreBelow: view.offset + view.height < view.count,
		lines: faults.length === 0 ? body : [...body.slice(0, room), ...faults],
		theme,
	};
};
