import {Dialog, dialogWidth} from '../../components/dialog.tsx';
import {textFieldLine} from '../../components/text-field.ts';
import {fit} from '../../format/cells.ts';
import {keyName} from '../../format/key-name.ts';
import {fitStyled} from '../../format/styled.ts';
import {useServices} from '../../hooks/services.ts';
import {useHelp} from '../../hooks/use-help.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Overlay} from '../../state/overlays.ts';
import {overlayHeight} from '../../state/selectors/layout.ts';
import type {Theme} from '../../theme/theme.ts';

const idealWidth = 92;
const keyWidth = 16;
const titleWidth = 18;

type Entry = ReturnType<typeof useHelp>[number]['entries'][number];

const entryLine = ({keys, title, help, reason}: Entry, width: number, theme: Theme): string => {
	const rest = width - keyWidth - titleWidth - 3;
	const what = reason === undefined ? help : `${help} (now: ${reason})`;
	const text = `${fit(title, titleWidth)} ${fit(what, rest, {ellipsis: theme.glyphs.ellipsis})}`;
	const key = theme.paint('key', fit(theme.spell(keys.map(keyName).join(' ')), keyWidth));
	// Where not even the key and the title fit, the line ends at the border.
	return fitStyled(` ${key} ${reason === undefined ? text : theme.paint('dim', text)}`, width);
};

/** Every key, the nearest scope first; typing searches. Drawn from the registry, so it cannot be out of date. */
export const HelpOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'help'}>}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const sections = useHelp(overlay.query.text, overlay.scopes);
	const width = dialogWidth(idealWidth, columns);
	const blank = fit('', width);
	const all = sections.flatMap(section => [
		theme.paint('title', fit(` ${section.title}`, width)),
		...section.entries.map(entry => entryLine(entry, width, theme)),
		blank,
	]);
	const height = useSelector(overlayHeight);
	const offset = Math.max(0, Math.min(overlay.offset, all.length - height));
	const shown =
		all.length === 0 ? [fit(' No command is about that.', width)] : all.slice(offset, offset + height);
	const filler = Array.from({length: height - shown.length}, () => blank);
	const field = textFieldLine({
		value: overlay.query.text,
		cursor: overlay.query.cursor,
		isFocused: true,
		placeholder: 'type to search',
		width: width - 3,
		theme,
	});
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title="Help"
			badges={['arrows scroll', 'esc leaves']}
			width={width}
			lines={[` ${theme.paint('key', '?')} ${field}`, blank, ...shown, ...filler]}
			hasMoreAbove={offset > 0}
			hasMoreBelow={offset + height < all.length}
			theme={theme}
		/>
	);
};
