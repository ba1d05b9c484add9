import {Dialog, dialogHeight, dialogWidth} from '../../components/dialog.tsx';
import {spinnerFrame} from '../../components/spinner.ts';
import {textFieldLine} from '../../components/text-field.ts';
import {cellWidth, fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import {wrap} from '../../format/wrap.ts';
import {useServices} from '../../hooks/services.ts';
import {useSelector} from '../../hooks/use-selector.ts';
import type {FieldSpec, Overlay} from '../../state/overlays.ts';
import {selectPullProgress} from '../../state/selectors/transfers.ts';
import type {Theme} from '../../theme/theme.ts';
import {windowAround} from './window-around.ts';

type Form = Extract<Overlay, {kind: 'form'}>;

const idealWidth = 76;
/** A blank row and the button. */
const footRows = 2;
const messageRows = 2;
/** The engine's words and what to do next come whole. */
const mostMessageRows = 5;

const fieldLine = (
	form: Form,
	field: FieldSpec,
	index: number,
	labelWidth: number,
	width: number,
	theme: Theme,
): string => {
	const isFocused = form.cursor === index;
	const label = fit(field.label, labelWidth);
	const head = ` ${isFocused ? theme.paint('accent', label) : label}  `;
	const room = width - labelWidth - 4;
	const value = form.values[field.id] ?? {text: '', cursor: 0};
	if (field.kind === 'toggle') {
		const box = value.text === 'yes' ? `[${theme.glyphs.mark}]` : '[ ]';
		const text = fit(`${box} ${field.hint}`, room);
		return `${head}${isFocused ? theme.paint('selection', text) : text} `;
	}
	const text = textFieldLine({
		value: value.text,
		cursor: value.cursor,
		isFocused,
		placeholder: field.hint,
		width: room,
		theme,
	});
	return `${head}${text} `;
};

/** What is wrong with the field under the cursor as it stands, or what was refused at the last try. */
const complaint = (form: Form): string | undefined => {
	if (form.problem !== undefined) return form.problem;
	const field = form.spec.fields[form.cursor];
	const text = field === undefined ? '' : (form.values[field.id]?.text ?? '');
	return text === '' ? undefined : field?.check?.(text);
};

/** What the field under the cursor comes to as it stands; at the button, what the first that says so does. */
const noteOf = ({spec, cursor, values}: Form): string | undefined => {
	const field = spec.fields[cursor] ?? spec.fields.find(({note}) => note !== undefined);
	return field?.note?.(values[field.id]?.text ?? '');
};

const buttonLine = (form: Form, width: number, theme: Theme): string => {
	const isFocused = form.cursor === form.spec.fields.length;
	const button = `[ ${form.spec.action} ]`;
	const keys = `   enter ${form.spec.action.toLowerCase()}   tab next field   esc leave`;
	const shown = isFocused ? theme.paint('selection', button) : button;
	const hint = fit(theme.spell(keys), width - cellWidth(button) - 1);
	return ` ${shown}${theme.paint('dim', hint)}`;
};

const messageLines = (
	form: Form,
	progress: string | undefined,
	frame: string,
	width: number,
	theme: Theme,
): readonly string[] => {
	const blank = fit('', width);
	if (form.isBusy) {
		const text =
			form.isFilling === true
				? 'asking the engine what is set (esc leaves)'
				: `${form.progress ?? progress ?? 'working'} (esc: go on behind)`;
		return [theme.paint('info', fit(` ${frame} ${theme.spell(sanitise(text))}`, width)), blank];
	}
	const problem = complaint(form);
	const said = problem ?? noteOf(form);
	if (said === undefined) return [blank, blank];
	const lines = wrap(theme.spell(sanitise(said)), width - 2, mostMessageRows);
	const tone = problem === undefined ? 'info' : 'trouble';
	const painted = lines.map(line => theme.paint(tone, fit(` ${line}`, width)));
	return painted.length < messageRows ? [...painted, blank] : painted;
};

/** A form keeps what was typed until it is done or left. */
export const FormOverlay = ({overlay: form}: {readonly overlay: Form}) => {
	const {theme} = useServices();
	const columns = useSelector(state => state.ui.columns);
	const rows = useSelector(state => state.ui.rows);
	const now = useSelector(state => (form.isBusy ? state.now : 0));
	const progress = useSelector(state => (form.isBusy ? selectPullProgress(state) : undefined));
	const {fields, title} = form.spec;
	const width = dialogWidth(idealWidth, columns);
	const labelWidth = Math.max(...fields.map(field => cellWidth(field.label)));
	const messages = messageLines(form, progress, spinnerFrame(theme.glyphs, now), width, theme);
	const {from, to} = windowAround(
		Math.min(form.cursor, fields.length - 1),
		fields.length,
		dialogHeight(rows) - footRows - messages.length,
	);
	const lines = [
		...fields
			.slice(from, to)
			.map((field, index) => fieldLine(form, field, from + index, labelWidth, width, theme)),
		fit('', width),
		...messages,
		buttonLine(form, width, theme),
	];
	return (
		<Dialog
			columns={columns}
			rows={rows}
			title={sanitise(title)}
			width={width}
			lines={lines}
			hasMoreAbove={from > 0}
			hasMoreBelow={to < fields.length}
			theme={theme}
		/>
	);
};
