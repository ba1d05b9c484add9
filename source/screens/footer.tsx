import {type KeyHint, keyHintsLine} from '../components/key-hints.ts';
import {Lines} from '../components/lines.tsx';
import {textFieldLine} from '../components/text-field.ts';
import {cellWidth} from '../format/cells.ts';
import {withoutStyles} from '../format/styled.ts';
import {useServices} from '../hooks/services.ts';
import {useFooter} from '../hooks/use-footer.ts';
import {useSelector} from '../hooks/use-selector.ts';
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

const FilterField = ({
	hints,
	width,
	theme,
}: {
	readonly hints: readonly KeyHint[];
	readonly width: number;
	readonly theme: Theme;
}) => {
	const edit = useSelector(state => state.ui.filterEdit);
	const value = useSelector(state => (edit === undefined ? '' : state.ui.lists[edit.list].filter));
	const keys = keyHintsLine(hints, width, theme).trimEnd();
	const keysWidth = cellWidth(withoutStyles(keys)) + 1;
	const fieldWidth = Math.max(10, width - keysWidth - 3);
	const field = textFieldLine({
		value,
		cursor: edit?.cursor ?? 0,
		isFocused: true,
		placeholder: 'words, !word, key:value, label:name',
		width: fieldWidth,
		theme,
	});
	const rest = width - 3 - fieldWidth;
	return (
		<Lines
			lines={[
				` ${theme.paint('key', '/')} ${field}${rest >= keysWidth ? `${keys} ` : ' '.repeat(Math.max(0, rest))}`,
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
	const isFiltering = useSelector(
		state => state.ui.filterEdit !== undefined && state.ui.overlays.length === 0,
	);
	if (isFiltering) return <FilterField hints={hints} width={width} theme={theme} />;
	return <Lines lines={[footerLine(hints, width, theme)]} width={width} height={1} />;
};
