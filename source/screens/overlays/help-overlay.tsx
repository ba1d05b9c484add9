import {type Command, type Scope, scopes, scopeTitles} from '../../commands/types.ts';
import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {textFieldLine} from '../../components/text-field.ts';
import {fit} from '../../format/cells.ts';
import {useCommandReason} from '../../hooks/use-command-reason.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import {shownKey} from '../../keys/shown-key.ts';
import type {Overlay} from '../../state/overlays.ts';
import type {Theme} from '../../theme/theme.ts';

const idealWidth = 92;
const keyWidth = 16;
const titleWidth = 18;

const matches = (command: Command, words: readonly string[]): boolean => {
	const text = [command.id, command.title, command.help, ...command.keys].join(' ').toLowerCase();
	return words.every(word => text.includes(word));
};

const inOrder = (first: readonly string[]): readonly Scope[] => [
	...scopes.filter(scope => first.includes(scope)).toSorted((a, b) => first.indexOf(a) - first.indexOf(b)),
	...scopes.filter(scope => !first.includes(scope)),
];

const commandLine = (command: Command, reason: string | undefined, width: number, theme: Theme): string => {
	const keys = command.keys.length === 0 ? `:${command.id.split('.')[1] ?? ''}` : command.keys.map(shownKey).join(' ');
	const rest = width - keyWidth - titleWidth - 3;
	const text = `${fit(command.title, titleWidth)} ${fit(reason === undefined ? command.help : `${command.help} (now: ${reason})`, rest, {ellipsis: theme.glyphs.ellipsis})}`;
	const key = theme.paint('key', fit(theme.spell(keys), keyWidth));
	return ` ${key} ${reason === undefined ? text : theme.paint('dim', text)}`;
};

/** Every key, the nearest scope first; typing searches. Drawn from the registry, so it cannot be out of date. */
export const HelpOverlay = ({overlay}: {readonly overlay: Extract<Overlay, {kind: 'help'}>}) => {
	const {theme, commands} = useServices();
	const reasonFor = useCommandReason();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const width = dialogWidth(idealWidth, columns);
	const words = overlay.query.text.toLowerCase().split(/\s+/).filter(word => word !== '');
	const all = inOrder(overlay.scopes).flatMap(scope => {
		const found = commands.filter(command => command.scope === scope && matches(command, words));
		if (found.length === 0) return [];
		return [
			theme.paint('title', fit(` ${scopeTitles[scope]}`, width)),
			...found.map(command => commandLine(command, reasonFor(command), width, theme)),
			fit('', width),
		];
	});
	const height = Math.max(1, dialogHeight(rows) - 2);
	const offset = Math.max(0, Math.min(overlay.offset, all.length - height));
	const shown = all.slice(offset, offset + height);
	const filler = Array.from({length: height - shown.length}, () => fit('', width));
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
			lines={[` ${theme.paint('key', '?')} ${field}`, fit('', width), ...shown, ...filler]}
			hasMoreAbove={offset > 0}
			hasMoreBelow={offset + height < all.length}
			theme={theme}
		/>
	);
};
