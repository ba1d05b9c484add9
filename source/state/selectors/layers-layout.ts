import type {LayersFocus, LayersView} from '../views/layers.ts';

/** Rows of each part of the inspector, borders included; 0: it is not shown. */
export type InspectorLayout = {
	readonly mode: 'beside' | 'alone';
	/** Cells of the layers and, beside them, of the files or the waste. */
	readonly leftWidth: number;
	readonly rightWidth: number;
	readonly layersHeight: number;
	/** What is known of the chosen layer, below the layers. */
	readonly factsHeight: number;
	/** Of the files or of the waste. */
	readonly filesHeight: number;
	/** What the other part would show, in a line. */
	readonly summaryRows: 0 | 1;
	/** How far the reading is. */
	readonly statusRows: 0 | 1;
};

/** Fewer cells show one part at a time. */
const besideColumns = 120;
/** A list with its border, its titles and a few rows. */
const leastListRows = 7;
const leastFactsRows = 5;

const factsRows = (height: number, isBeside: boolean): number => {
	const wanted = isBeside ? Math.max(9, Math.floor(height * 0.36)) : 7;
	const room = Math.min(wanted, height - leastListRows);
	return room < leastFactsRows ? 0 : room;
};

/** How the inspector divides its tab. @param height rows of the tab */
export const inspectorLayout = (
	{width, height}: {readonly width: number; readonly height: number},
	focus: LayersFocus,
	hasStatus: boolean,
): InspectorLayout => {
	const statusRows = hasStatus && height > 3 ? 1 : 0;
	const rows = Math.max(0, height - statusRows);
	if (width >= besideColumns) {
		const leftWidth = Math.max(58, Math.min(84, Math.round(width * 0.5)));
		const factsHeight = factsRows(rows, true);
		return {
			mode: 'beside',
			leftWidth,
			rightWidth: width - leftWidth,
			layersHeight: rows - factsHeight,
			factsHeight,
			filesHeight: rows,
			summaryRows: 0,
			statusRows,
		};
	}
	const summaryRows = rows > leastListRows ? 1 : 0;
	const room = rows - summaryRows;
	const isLayers = focus === 'layers';
	const factsHeight = isLayers ? factsRows(room, false) : 0;
	return {
		mode: 'alone',
		leftWidth: width,
		rightWidth: width,
		layersHeight: isLayers ? room - factsHeight : 0,
		factsHeight,
		filesHeight: isLayers ? 0 : room,
		summaryRows,
		statusRows,
	};
};

/** Whether there is something to say of the reading: it is under way, or did not come to its end. */
export const hasReadingStatus = (view: LayersView | undefined): boolean =>
	view !== undefined && view.reading.status !== 'done';
