import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {fit} from '../../format/cells.ts';
import {formatClock} from '../../format/duration.ts';
import {wrap} from '../../format/wrap.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Toast} from '../../state/model.ts';
import type {Overlay} from '../../state/overlays.ts';
import type {Theme} from '../../theme/theme.ts';
import {toastText, toastTone} from '../toast-layer.tsx';

const idealWidth = 110;
const timeWidth = 11;

const messageLines = (message: Toast, width: number, theme: Theme): readonly string[] =>
	wrap(theme.spell(toastText(message)), width - timeWidth - 1).map((line, index) => {
		const time = theme.paint('dim', fit(index === 0 ? formatClock(message.at) : '', timeWidth - 1));
		return ` ${time}${theme.paint(toastTone[message.kind], fit(line, width - timeWidth))}`;
	});

/** Every result and error there was, the newest first. */
export const MessagesOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'messages'}>}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const messages = useSelector(state => state.ui.messages);
	const width = dialogWidth(idealWidth, columns);
	const lines = messages
		.toReversed()
		.slice(overlay.offset)
		.flatMap(message => messageLines(message, width, theme));
	const height = dialogHeight(rows);
	const shown = lines.length === 0 ? [fit(' Nothing has happened yet.', width)] : lines.slice(0, height);
	const filler = Array.from({length: Math.max(0, Math.min(height, 5) - shown.length)}, () => fit('', width));
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title="Messages"
			badges={[String(messages.length)]}
			width={width}
			lines={[...shown, ...filler]}
			hasMoreAbove={overlay.offset > 0}
			hasMoreBelow={lines.length > height}
			theme={theme}
		/>
	);
};
