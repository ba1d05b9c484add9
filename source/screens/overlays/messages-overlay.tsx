import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {fit} from '../../format/cells.ts';
import {formatClock} from '../../format/duration.ts';
import {wrap} from '../../format/wrap.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Overlay} from '../../state/overlays.ts';
import {toastText, toastTone} from '../toast-layer.tsx';

const idealWidth = 110;
const timeWidth = 11;

/** Every result and error there was, the newest first. */
export const MessagesOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'messages'}>}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const messages = useSelector(state => state.ui.messages);
	const width = dialogWidth(idealWidth, columns);
	const all = messages.toReversed().flatMap(message =>
		wrap(theme.spell(toastText(message)), width - timeWidth - 1).map((line, index) => {
			const time = index === 0 ? formatClock(message.at) : '';
			return ` ${theme.paint('dim', fit(time, timeWidth - 1))}${theme.paint(toastTone[message.kind], fit(line, width - timeWidth))}`;
		}),
	);
	const height = Math.max(1, Math.min(dialogHeight(rows), Math.max(5, all.length)));
	const offset = Math.max(0, Math.min(overlay.offset, all.length - height));
	const shown =
		all.length === 0 ? [fit(' Nothing has happened yet.', width)] : all.slice(offset, offset + height);
	const filler = Array.from({length: Math.max(0, height - shown.length)}, () => fit('', width));
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title="Messages"
			badges={[String(messages.length)]}
			width={width}
			lines={[...shown, ...filler]}
			hasMoreAbove={offset > 0}
			hasMoreBelow={offset + height < all.length}
			theme={theme}
		/>
	);
};
