import {askPalette, paletteName} from '../../commands/palette.ts';
import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {textFieldLine} from '../../components/text-field.ts';
import {fit} from '../../format/cells.ts';
import {useCommandReason} from '../../hooks/use-command-reason.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import {shownKey} from '../../keys/shown-key.ts';
import type {Overlay} from '../../state/overlays.ts';
import {windowAround} from './window-around.ts';

const idealWidth = 90;
const shownRows = 16;
const nameWidth = 22;
const keyWidth = 8;

/** Every command by name, with its key; what cannot be done now says why. */
export const PaletteOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'palette'}>}) => {
	const {theme, commands, store} = useServices();
	const reasonFor = useCommandReason();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const width = dialogWidth(idealWidth, columns);
	const {matches} = askPalette(commands, store.getState(), overlay.query.text);
	const cursor = Math.min(overlay.cursor, Math.max(0, matches.length - 1));
	const height = Math.max(1, Math.min(shownRows, dialogHeight(rows) - 2));
	const {from, to} = windowAround(cursor, matches.length, height);
	const field = textFieldLine({
		value: overlay.query.text,
		cursor: overlay.query.cursor,
		isFocused: true,
		placeholder: 'a command, as in pull nginx:1.27',
		width: width - 3,
		theme,
	});
	const body = matches.slice(from, to).map((command, index) => {
		const reason = reasonFor(command);
		const name = command.argument === undefined ? paletteName(command) : `${paletteName(command)} ${command.argument}`;
		const [key] = command.keys;
		const text = `${fit(` ${name}`, nameWidth)} ${fit(key === undefined ? '' : theme.spell(shownKey(key)), keyWidth)} ${command.scope}: ${reason ?? command.help}`;
		const line = fit(text, width, {ellipsis: theme.glyphs.ellipsis});
		if (from + index === cursor) return theme.paint('selection', line);
		return reason === undefined ? line : theme.paint('dim', line);
	});
	const filler = Array.from({length: height - body.length}, () => fit('', width));
	const empty = matches.length === 0 ? [fit(' No command is called that.', width), ...filler.slice(1)] : filler;
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title="Commands"
			width={width}
			lines={[` ${theme.paint('key', ':')} ${field}`, fit('', width), ...body, ...empty]}
			hasMoreBelow={to < matches.length}
			theme={theme}
		/>
	);
};
