import {type KeyHint, keyHintsLine} from '../components/key-hints.ts';
import {Lines} from '../components/lines.tsx';
import {textFieldLine} from '../components/text-field.ts';
import {cellWidth} from '../format/cells.ts';
import {withoutStyles} from '../format/styled.ts';
import {useServices} from '../hooks/services.ts';
import {useFooter} from '../hooks/use-footer.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {State, UiState} from '../state/model.ts';
import {queryFields} from '../state/queries.ts';
import {createSelector} from '../state/selectors/memo.ts';
import type {Theme} from '../theme/theme.ts';

const tailFromRank = 80;

/** The last hints stay when it gets narrow: they lead to all the others. */
const footerLine = (
	hints: readonly (KeyHint & {readonly rank: number})[],
	width: number,
	theme: Theme,
): string => {
	const tail = hints.filter(({rank}) => rank >= tailFromRank);
	const tailWidth = Math.min(
		width,
		tail.reduce((sum, {key, label}) => sum + cellWidth(`  ${key} ${label}`), 0),
	);
	const head = hints.filter(({rank}) => rank < tailFromRank);
	return keyHintsLine(head, width - tailWidth, theme) + keyHintsLine(tail, tailWidth, theme);
};

/** What is being typed in the last line: a filter, or what to look for. */
type Typing = {
	readonly mark: string;
	readonly placeholder: string;
	readonly value: string;
	readonly cursor: number;
};

const selectTyping = createSelector(
	({ui}: State) => [ui.filterEdit, ui.queryEdit, ui.lists, ui.queries],
	(
		filterEdit: UiState['filterEdit'],
		queryEdit: UiState['queryEdit'],
		lists: UiState['lists'],
		queries: UiState['queries'],
	): Typing | undefined => {
		if (filterEdit !== undefined) {
			const {filter: value} = lists[filterEdit.list];
			const placeholder = 'words, !word, key:value, label:name';
			return {mark: '/', placeholder, value, cursor: filterEdit.cursor};
		}
		if (queryEdit === undefined) return undefined;
		return {...queryFields[queryEdit.id], value: queries[queryEdit.id] ?? '', cursor: queryEdit.cursor};
	},
);

const TypingField = ({
	typing,
	hints,
	width,
	theme,
}: {
	readonly typing: Typing;
	readonly hints: readonly KeyHint[];
	readonly width: number;
	readonly theme: Theme;
}) => {
	const keys = keyHintsLine(hints, width, theme).trimEnd();
	const keysWidth = cellWidth(withoutStyles(keys)) + 1;
	const fieldWidth = Math.max(10, width - keysWidth - 3);
	const {mark, ...text} = typing;
	const field = textFieldLine({...text, isFocused: true, width: fieldWidth, theme});
	const rest = width - 3 - fieldWidth;
	return (
		<Lines
			lines={[
				` ${theme.paint('key', mark)} ${field}${rest >= keysWidth ? `${keys} ` : ' '.repeat(Math.max(0, rest))}`,
			]}
			width={width}
			height={1}
		/>
	);
};

/** The keys of what has the focus, from the command registry; or the filter while it is typed. */
export const Footer = () => {
	const {theme} = useServices();
	const hints = useFooter();
	const width = useSelector(state => state.ui.columns);
	const typing = useSelector(state => (state.ui.overlays.length === 0 ? selectTyping(state) : undefined));
	if (typing !== undefined) return <TypingField typing={typing} hints={hints} width={width} theme={theme} />;
	return <Lines lines={[footerLine(hints, width, theme)]} width={width} height={1} />;
};
