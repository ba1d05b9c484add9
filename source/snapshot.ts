import {tableHeader, tableLines} from './components/list-table.ts';
import type {Engine} from './engine/engine.ts';
import type {Container, EngineInfo, Image} from './engine/types.ts';
import {formatSize} from './format/bytes.ts';
import {cellWidth} from './format/cells.ts';
import {formatAge} from './format/duration.ts';
import {shortId} from './format/image-name.ts';
import {naturalOrder} from './format/natural-order.ts';
import {formatPorts} from './format/ports.ts';
import {sanitise} from './format/sanitise.ts';
import {withoutStyles} from './format/styled.ts';
import {stateCell} from './resources/container-state.ts';
import {createTheme} from './theme/theme.ts';

type Snapshot = {
	readonly address: string;
	readonly info: EngineInfo;
	readonly containers: readonly Container[];
	readonly images: readonly Image[];
};

type Output = {readonly write: (text: string) => unknown};

const theme = createTheme({colours: 'none', isUnicode: true});

/** A table as wide as what it holds: for pipes and files, where no terminal gives a width. */
const plainTable = (headers: readonly string[], rows: readonly (readonly string[])[]): string => {
	const columns = headers.map((header, index) => ({
		header,
		align: 'left' as const,
		width: Math.max(cellWidth(header), ...rows.map(row => cellWidth(row[index] ?? ''))),
	}));
	const table = {columns, width: 0, theme};
	const body = tableLines(
		rows.map(row => ({cells: row.map(text => ({text}))})),
		{...table, cursor: -1, isFocused: false},
	);
	// The gutter for marks says nothing here.
	return [tableHeader(table), ...body].map(line => `${withoutStyles(line).slice(2).trimEnd()}\n`).join('');
};

const containerTable = (containers: readonly Container[], now: number): string =>
	plainTable(
		['NAME', 'IMAGE', 'STATE', 'PORTS', 'ID'],
		containers.map(container => {
			const row = {kind: 'container' as const, container, cpuHistory: [], isMarked: false, depth: 0};
			return [
				sanitise(container.name),
				sanitise(container.image),
				stateCell(row, {now, glyphs: theme.glyphs, spinner: ''}).text,
				formatPorts(container.ports),
				shortId(container.id),
			];
		}),
	);

const imageTable = (images: readonly Image[], now: number): string =>
	plainTable(
		['REPOSITORY:TAG', 'ID', 'SIZE', 'CREATED'],
		images.flatMap(image =>
			(image.tags.length === 0 ? ['<none>'] : image.tags).map(tag => [
				sanitise(tag),
				shortId(image.id),
				formatSize(image.sizeBytes),
				formatAge(now - image.createdAt),
			]),
		),
	);

const asText = ({address, info, containers, images}: Snapshot, now: number): string => {
	const running = containers.filter(({state}) => state === 'running').length;
	return [
		`${info.product} ${info.version} at ${address}: ${running} of ${containers.length} containers running, images: ${images.length}\n`,
		containerTable(containers, now),
		imageTable(images, now),
	].join('\n');
};

/**
 * The engine's containers and images as they are now, once.
 * @throws EngineError when the engine cannot be reached.
 */
export const printSnapshot = async (
	engine: Engine,
	{isJson, stdout}: {readonly isJson: boolean; readonly stdout: Output},
): Promise<void> => {
	const {signal} = new AbortController();
	try {
		const {info, engineTime} = await engine.connect(signal);
		const [containers, images] = await Promise.all([
			engine.listContainers(signal),
			engine.listImages(signal),
		]);
		const byName = containers.toSorted((a, b) => naturalOrder(a.name, b.name));
		const snapshot: Snapshot = {address: engine.place().address, info, containers: byName, images};
		stdout.write(isJson ? `${JSON.stringify(snapshot, undefined, 2)}\n` : asText(snapshot, engineTime));
	} finally {
		engine.close();
	}
};
