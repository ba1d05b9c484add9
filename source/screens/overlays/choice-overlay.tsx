import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {cellWidth, fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Overlay} from '../../state/overlays.ts';
import {windowAround} from './window-around.ts';

export const ChoiceOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'choice'}>}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const {items, title} = overlay.spec;
	const labelWidth = Math.max(...items.map(item => cellWidth(sanitise(item.label))));
	const texts = items.map(({label, note}) =>
		note === undefined ? ` ${sanitise(label)}` : ` ${fit(sanitise(label), labelWidth)}  ${sanitise(note)}`,
	);
	const width = dialogWidth(
		Math.max(cellWidth(title) + 6, 30, ...texts.map(text => cellWidth(text) + 1)),
		columns,
	);
	const {from, to} = windowAround(overlay.cursor, items.length, dialogHeight(rows));
	const lines = texts.slice(from, to).map((text, index) => {
		const line = fit(theme.spell(text), width, {ellipsis: theme.glyphs.ellipsis});
		return from + index === overlay.cursor ? theme.paint('selection', line) : line;
	});
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title={sanitise(title)}
			width={width}
			lines={lines}
			hasMoreAbove={from > 0}
			hasMoreBelow={to < items.length}
			theme={theme}
		/>
	);
};
