import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {textFieldLine} from '../../components/text-field.ts';
import {fit} from '../../format/cells.ts';
import {keyName} from '../../format/key-name.ts';
import {useServices} from '../../hooks/services.ts';
import {type PaletteEntry, usePalette} from '../../hooks/use-palette.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Overlay} from '../../state/overlays.ts';
import type {Theme} from '../../theme/theme.ts';
import {windowAround} from './window-around.ts';

const idealWidth = 90;
const shownRows = 16;
const nameWidth = 22;
const keyWidth = 8;

const entryLine = (entry: PaletteEntry, isSelected: boolean, width: number, theme: Theme): string => {
	const key = entry.key === undefined ? '' : theme.spell(keyName(entry.key));
	const what = `${entry.scope}: ${entry.reason ?? entry.help}`;
	const text = `${fit(` ${entry.name}`, nameWidth)} ${fit(key, keyWidth)} ${what}`;
	const line = fit(text, width, {ellipsis: theme.glyphs.ellipsis});
	if (isSelected) return theme.paint('selection', line);
	return entry.reason === undefined ? line : theme.paint('dim', line);
};

/** Every command by name, with its key; what cannot be done now says why. */
export const PaletteOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'palette'}>}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const entries = usePalette(overlay.query.text);
	const width = dialogWidth(idealWidth, columns);
	const cursor = Math.min(overlay.cursor, Math.max(0, entries.length - 1));
	const height = Math.max(1, Math.min(shownRows, dialogHeight(rows) - 2));
	const {from, to} = windowAround(cursor, entries.length, height);
	const field = textFieldLine({
		value: overlay.query.text,
		cursor: overlay.query.cursor,
		isFocused: true,
		placeholder: 'a command, as in pull nginx:1.27',
		width: width - 3,
		theme,
	});
	const body =
		entries.length === 0
			? [fit(' No command is called that.', width)]
			: entries
					.slice(from, to)
					.map((entry, index) => entryLine(entry, from + index === cursor, width, theme));
	const filler = Array.from({length: height - body.length}, () => fit('', width));
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title="Commands"
			width={width}
			lines={[` ${theme.paint('key', ':')} ${field}`, fit('', width), ...body, ...filler]}
			hasMoreAbove={from > 0}
			hasMoreBelow={to < entries.length}
			theme={theme}
		/>
	);
};
