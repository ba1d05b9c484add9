import {Box, Transform, useStdout} from 'ink';
import {createContext, memo, useContext} from 'react';

/** Columns of the terminal that the screen was laid out for; its provider sits at the root of the app. */
export const LayoutColumns = createContext<number | undefined>(undefined);

export type LinesProps = {
	/** Each exactly `width` cells, formatted, with every style closed. Missing ones are blank. */
	readonly lines: readonly string[];
	readonly width: number;
	readonly height: number;
};

const skeletons = new Map<number, string>();

const skeleton = (height: number): string => {
	const known = skeletons.get(height) ?? ` ${'\n'.repeat(height - 1)}`;
	skeletons.set(height, known);
	return known;
};

/**
 * A block of finished lines. Ink measures, sanitises and wraps what is inside a `<Text>` on every frame; here it
 * only sees an empty block of the right height, and the transform puts the finished lines in its place, for half
 * the time per frame (docs/decisions).
 */
export const Lines = memo(({lines, width, height}: LinesProps) => {
	const {stdout} = useStdout();
	const columns = useContext(LayoutColumns);
	if (width <= 0 || height <= 0) return null;
	// Ink draws the old tree once more before the app hears of a narrower terminal: those lines would spill over.
	const isTooNarrow = (): boolean =>
		columns !== undefined && 'columns' in stdout && Number(stdout.columns) < columns;
	const line = (_: string, index: number): string => (isTooNarrow() ? '' : (lines[index] ?? ''));
	return (
		<Box width={width} height={height} flexShrink={0}>
			<Transform transform={line}>{skeleton(height)}</Transform>
		</Box>
	);
});
