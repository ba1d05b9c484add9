import {Lines} from '../../components/lines.tsx';
import {PANE_BORDER, paneLines} from '../../components/pane-lines.ts';
import {formatSize} from '../../format/bytes.ts';
import {fit} from '../../format/cells.ts';
import {counted} from '../../format/counted.ts';
import {formatDateTime} from '../../format/date-time.ts';
import {sanitise} from '../../format/sanitise.ts';
import {wrapWhole} from '../../format/wrap.ts';
import {useServices} from '../../hooks/services.ts';
import {useLines} from '../../hooks/use-lines.ts';
import {type HistoryRow, history} from '../../resources/history.ts';
import type {State} from '../../state/model.ts';
import {cursorStep, selectHistoryRows, selectMaskedSteps} from '../../state/selectors/history-rows.ts';
import {instructionRows} from '../../state/selectors/layout.ts';
import type {Theme} from '../../theme/theme.ts';
import type {TabProps} from '../container/tab.ts';
import {type ListPane, listContent} from '../panes/list-content.ts';
import {emptyImage, imageBadges, imageLoading} from './image-words.ts';

/** How many steps, and how many of them made the layers. */
const counts = ({image}: State): readonly string[] => {
	if (image?.config === undefined || image.history === undefined) return [];
	const {steps, map} = image.history;
	const open = map.layers.filter(layer => layer === 'unknown').length;
	return [
		counted(steps.length, 'step'),
		counted(image.config.diffIds.length, 'layer'),
		...(open === 0 ? [] : [`${open} may be empty: the engine does not say`]),
	];
};

const pane: ListPane<HistoryRow> = {
	list: 'history',
	title: 'History',
	resource: history,
	rows: (state, from, height) => selectHistoryRows(state).slice(from, from + height),
	badges: state => [...counts(state), ...imageBadges(state, selectMaskedSteps(state))],
	loading: imageLoading,
	emptyText: emptyImage,
	isStale: state => state.image?.departure !== undefined,
};

const layerText = ({layer, sizeBytes}: HistoryRow): string => {
	if (layer === 'none') return 'no layer';
	return layer === 'unknown' ? 'layer not known' : `layer ${layer + 1}  ${formatSize(sizeBytes)}`;
};

/** The instruction under the cursor, whole, and where its layer is. */
const instructionPane = (state: State, width: number, height: number, theme: Theme): readonly string[] => {
	const step = cursorStep(state);
	const inner = Math.max(0, width - PANE_BORDER);
	const facts =
		step === undefined
			? []
			: [
					layerText(step),
					...(step.createdAt > 0 ? [formatDateTime(step.createdAt)] : []),
					...(step.otherImages === undefined || step.otherImages === 0
						? []
						: [`also in ${counted(step.otherImages, 'other image')}`]),
					...(step.comment === '' ? [] : [sanitise(step.comment)]),
				];
	const text = (step?.instruction ?? '')
		.split(/\r?\n/)
		.flatMap(line =>
			line === '' ? [] : wrapWhole(theme.spell(sanitise(line.replaceAll('\t', '  '))), inner - 2),
		)
		.map(line => fit(` ${line}`, inner));
	const diff = step?.diffId === undefined ? [] : [theme.paint('dim', fit(` ${step.diffId}`, inner))];
	const room = Math.max(0, height - PANE_BORDER - diff.length);
	return paneLines({
		width,
		height,
		title: 'Instruction',
		badges: facts,
		isFocused: false,
		hasMoreBelow: text.length > room,
		lines: [...diff, ...text.slice(0, room)],
		theme,
	});
};

/** The instructions that made the image, and the one under the cursor in full. */
export const HistoryTab = ({width, height}: TabProps) => {
	const {theme} = useServices();
	const below = instructionRows(height);
	const lines = useLines(
		state => [
			...paneLines(listContent(state, pane, {width, height: height - below}, theme)),
			...(below === 0 ? [] : instructionPane(state, width, below, theme)),
		],
		[theme, width, height, below],
	);
	return <Lines lines={lines} width={width} height={height} />;
};
