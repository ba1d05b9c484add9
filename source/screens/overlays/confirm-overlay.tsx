import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {textFieldLine} from '../../components/text-field.ts';
import {fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {fitStyled} from '../../format/styled.ts';
import {wrap} from '../../format/wrap.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {Overlay} from '../../state/overlays.ts';
import {confirmListRows} from '../../state/selectors/confirm-list.ts';
import type {Theme} from '../../theme/theme.ts';
import {fittedLines} from './fitted-lines.ts';

type Confirm = Extract<Overlay, {kind: 'confirm'}>;

const idealWidth = 64;
const idealListWidth = 100;

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

/** The part of its list that is shown, with where that is when there is more. */
const listLines = ({spec: {list = []}, offset = 0}: Confirm, rows: number, width: number, theme: Theme) => {
	if (list.length === 0) return [];
	const from = Math.min(offset, Math.max(0, list.length - rows));
	const shown = list.slice(from, from + rows);
	const {ellipsis, up, down} = theme.glyphs;
	const more = ` ${up}${down} ${from + 1}-${from + shown.length} of ${list.length}`;
	return [
		fit('', width),
		...shown.map(line => fit(`   ${theme.spell(sanitise(line))}`, width, {ellipsis})),
		...(shown.length < list.length ? [theme.paint('dim', fit(` ${more}`, width))] : []),
	];
};

const bodyOf = (overlay: Confirm, listRows: number, width: number, theme: Theme): readonly string[] => {
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
		...listLines(overlay, listRows, width, theme),
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
	const width = dialogWidth(overlay.spec.list === undefined ? idealWidth : idealListWidth, columns);
	const listRows = confirmListRows({ui: {rows}}, overlay.spec);
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title={sanitise(overlay.spec.title)}
			width={width}
			lines={fittedLines(bodyOf(overlay, listRows, width, theme), dialogHeight(rows))}
			theme={theme}
		/>
	);
};
