import {Pane} from '../components/pane.tsx';
import {cellWidth, fit} from '../format/cells.ts';
import {sanitise} from '../format/sanitise.ts';
import {fitStyled} from '../format/styled.ts';
import {wrap} from '../format/wrap.ts';
import {useServices} from '../hooks/services.ts';
import {useSelector} from '../hooks/use-selector.ts';
import type {EngineState} from '../state/model.ts';
import {selectLayout} from '../state/selectors/layout.ts';
import type {Theme} from '../theme/theme.ts';

/** Cells that a reason needs beside its place to be read at ease. */
const comfortable = 34;

/** What was tried, place by place, with the reason beside it; who named the place only where there is room. */
const attemptLines = (engine: EngineState, width: number, theme: Theme): readonly string[] => {
	const {connection, place} = engine;
	if (connection.status !== 'reconnecting') return [];
	const {fault} = connection;
	const attempts = (fault.attempts ?? [{...place, message: fault.message}]).map(
		({address, source, message}) => ({
			address: theme.spell(sanitise(address)),
			source: theme.spell(sanitise(source)),
			message: theme.spell(sanitise(message)),
		}),
	);
	const widest = (texts: readonly string[]): number => Math.max(...texts.map(cellWidth));
	const addressWidth = Math.min(widest(attempts.map(({address}) => address)), width - comfortable - gap);
	const sourceWidth = widest(attempts.map(({source}) => source));
	const hasSource = addressWidth + sourceWidth + 2 * gap + comfortable <= width;
	const indent = addressWidth + gap + (hasSource ? sourceWidth + gap : 0);
	return attempts.flatMap(({address, source, message}) => {
		const place = fit(address, addressWidth, {cut: 'middle', ellipsis: theme.glyphs.ellipsis});
		const origin = hasSource ? theme.paint('dim', fit(source, sourceWidth)) + ' '.repeat(gap) : '';
		const head = `${place}${' '.repeat(gap)}${origin}`;
		return wrap(message, width - indent).map((text, line) =>
			line === 0 ? head + text : ' '.repeat(indent) + text,
		);
	});
};

const gap = 2;

const ways = [
	['r', 'tries again; Gantry also goes on trying by itself'],
	['H', 'goes to another engine: a context, a socket found on this machine'],
	['D', 'shows Gantry on an embedded engine with an invented world'],
] as const;

const contentOf = (engine: EngineState, width: number, theme: Theme): readonly string[] => [
	'',
	'No engine answers. What can be done:',
	...ways.map(([key, effect]) => `  ${theme.paint('accent', key)}  ${effect}`),
	'',
	'What was tried:',
	...attemptLines(engine, width - 2, theme).map(line => `  ${line}`),
	'',
	theme.paint('dim', '-H unix:///path or tcp://host:port, -c CONTEXT or DOCKER_HOST names an engine.'),
];

/** Shown until an engine has answered for the first time: where it was looked for, and what can be done. */
export const UnconnectedScreen = () => {
	const {theme} = useServices();
	const engine = useSelector(state => state.engine);
	const width = useSelector(state => state.ui.columns);
	const height = useSelector(state => selectLayout(state).bodyHeight);
	const lines = contentOf(engine, width - 4, theme).map(line => fitStyled(` ${line}`, width - 2));
	return <Pane width={width} height={height} title="No engine" isFocused lines={lines} theme={theme} />;
};
