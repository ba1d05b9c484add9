import {gaugeLine} from '../../components/gauge.ts';
import {spinnerFrame} from '../../components/spinner.ts';
import {formatSize} from '../../format/bytes.ts';
import {fit} from '../../format/cells.ts';
import {sanitise} from '../../format/sanitise.ts';
import type {State} from '../../state/model.ts';
import {layersRead} from '../../state/selectors/layer-sums.ts';
import {guessedBytes, isImageGone} from '../../state/selectors/layers-status.ts';
import type {LayersReading} from '../../state/views/layers.ts';
import type {Theme} from '../../theme/theme.ts';
import type {Token} from '../../theme/tokens.ts';

/** An engine that answers sooner is not said to be packing. */
const patienceMs = 1000;

const readText = ({layers}: State): string => {
	const tree = layers?.tree;
	return tree === undefined ? '' : `, ${layersRead(tree)} of ${tree.layers.length} layers`;
};

const waitingText = (state: State, startedAt: number, theme: Theme): string => {
	const waited = state.now - startedAt;
	const frame = spinnerFrame(theme.glyphs, state.now);
	return waited < patienceMs
		? `${frame} asking the engine for the image`
		: `${frame} the engine is packing, ${Math.floor(waited / 1000)} s   esc stops`;
};

const endText = (state: State, reading: LayersReading): {readonly text: string; readonly tone: Token} => {
	if (reading.status === 'failed') {
		const words = sanitise(reading.fault.message);
		return isImageGone(state)
			? {text: `Cannot read the image, it was removed: ${words}`, tone: 'trouble'}
			: {text: `Cannot read the image: ${words}   r reads again`, tone: 'trouble'};
	}
	const bytes = reading.status === 'cancelled' ? formatSize(reading.readBytes) : '';
	return {text: `Stopped after ${bytes}${readText(state)}   ctrl-r reads it again`, tone: 'watch'};
};

/** How far the reading of the image is, in one line. */
export const readingLine = (state: State, width: number, theme: Theme): string => {
	const reading = state.layers?.reading;
	if (reading === undefined || reading.status === 'idle' || reading.status === 'done') return fit('', width);
	const {ellipsis} = theme.glyphs;
	if (reading.status !== 'reading') {
		const {text, tone} = endText(state, reading);
		return theme.paint(tone, fit(` ${theme.spell(text)}`, width, {ellipsis}));
	}
	if (reading.readBytes === 0)
		return theme.paint(
			'info',
			fit(` ${theme.spell(waitingText(state, reading.startedAt, theme))}`, width, {ellipsis}),
		);
	const total = guessedBytes(state);
	// A guess: an archive has headers, or is compressed.
	const fraction = total === undefined ? undefined : Math.min(0.99, reading.readBytes / total);
	const of = total === undefined ? '' : ` of about ${formatSize(Math.max(total, reading.readBytes))}`;
	return gaugeLine({
		label: ' reading',
		fraction,
		text: `${formatSize(reading.readBytes)}${of}${readText(state)}   esc stops `,
		width,
		theme,
	});
};
