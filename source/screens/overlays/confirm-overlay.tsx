import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {textFieldLine} from '../../components/text-field.ts';
import {fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {fitStyled} from '../../format/styled.ts';
import {wrap} from '../../format/wrap.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Overlay} from '../../state/overlays.ts';
import type {Theme} from '../../theme/theme.ts';
import {fittedLines} from './fitted-lines.ts';

type Confirm = Extract<Overlay, {kind: 'confirm'}>;

const idealWidth = 64;

/** Why enter would do nothing yet. */
const hindrance = ({spec, toggles, typed}: Confirm): string | undefined => {
	const blocked = spec.blocked?.(toggles);
	if (blocked !== undefined) return blocked;
	return spec.mustType !== undefined && typed.text.trim() !== spec.mustType
		? `type ${spec.mustType} to confirm`
		: undefined;
};

const toggleLines = ({spec, toggles}: Confirm, theme: Theme): readonly string[] =>
	spec.toggles.map(({id, key, label}) => {
		const box = toggles[id] === true ? `[${theme.glyphs.mark}]` : '[ ]';
		return ` ${theme.paint('key', key)} ${box} ${theme.spell(label)}`;
	});

const bodyOf = (overlay: Confirm, width: number, theme: Theme): readonly string[] => {
	const {spec, typed, notice} = overlay;
	const wrapped = (line: string): readonly string[] =>
		wrap(theme.spell(sanitise(line)), width - 2).map(part => fit(` ${part}`, width));
	const text = [
		...(notice === undefined ? [] : wrapped(notice).map(line => theme.paint('watch', line))),
		...spec.lines.flatMap(wrapped),
	];
	const blank = fit('', width);
	const toggles = toggleLines(overlay, theme).map(line => fitStyled(line, width));
	const field =
		spec.mustType === undefined
			? []
			: [
					` ${textFieldLine({
						value: typed.text,
						cursor: typed.cursor,
						isFocused: true,
						placeholder: spec.mustType,
						width: width - 2,
						theme,
					})} `,
				];
	const hindered = hindrance(overlay);
	const last =
		hindered === undefined
			? fitStyled(
					` ${theme.paint('key', 'enter')} ${spec.action.toLowerCase()}   ${theme.paint('key', 'esc')} leave`,
					width,
				)
			: theme.paint('watch', fit(` ${sanitise(hindered)}`, width, {ellipsis: theme.glyphs.ellipsis}));
	return [
		blank,
		...text,
		...(toggles.length > 0 ? [blank, ...toggles] : []),
		...(field.length > 0 ? [blank, ...field] : []),
		blank,
		last,
	];
};

/** Names the object and the effect; nothing dangerous is switched on from the start. */
export const ConfirmOverlay = ({overlay}: {readonly overlay: Confirm}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const width = dialogWidth(idealWidth, columns);
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title={sanitise(overlay.spec.title)}
			width={width}
			lines={fittedLines(bodyOf(overlay, width, theme), dialogHeight(rows))}
			theme={theme}
		/>
	);
};
