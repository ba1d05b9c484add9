import {Box} from 'ink';
import {DetailTable} from '../../components/detail-table.tsx';
import type {Size} from '../../components/pane.tsx';
import type {PlacedTable, PlacedTables} from '../../state/selectors/placed-tables.ts';
import type {Theme} from '../../theme/theme.ts';

/** Lines of a table before its rows: the frame and the headers. */
const headRows = 2;

/** The part of a table from one of its lines up to another: only the rows in it are mounted. */
const TablePart = ({
	placed: {table, layout},
	from,
	to,
	width,
	theme,
}: {
	readonly placed: PlacedTable;
	readonly from: number;
	readonly to: number;
	readonly width: number;
	readonly theme: Theme;
}) => {
	const first = Math.max(0, from - headRows);
	const rows = layout.lines
		.slice(first, Math.max(first, to - headRows))
		.map(({row, texts}) => texts.map((text, column) => ({text, tone: table.rows[row]?.[column]?.tone})));
	return (
		<Box height={to - from} width={width} flexDirection="column" overflow="hidden" flexShrink={0}>
			<Box marginTop={first - from} flexDirection="column" flexShrink={0}>
				<DetailTable
					columns={table.headers.map(header => ({header}))}
					rows={rows}
					widths={layout.widths}
					width={width}
					theme={theme}
				/>
			</Box>
		</Box>
	);
};

/** Columns of tables, as far as they are on the screen. @param offset first line shown */
export const FactsTables = ({
	layout,
	offset,
	width,
	height,
	theme,
}: Size & {readonly layout: PlacedTables; readonly offset: number; readonly theme: Theme}) => (
	<Box width={width} height={height} overflow="hidden">
		{layout.columns.map((column, index) => (
			// biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name than its place.
			<Box key={index} width={column.width} height={height} flexDirection="column" flexShrink={0}>
				{column.tables
					.filter(({top, height: rows}) => top + rows > offset && top < offset + height)
					.map(placed => (
						<TablePart
							key={placed.top}
							placed={placed}
							from={Math.max(0, offset - placed.top)}
							to={Math.min(placed.height, offset + height - placed.top)}
							width={column.width}
							theme={theme}
						/>
					))}
			</Box>
		))}
	</Box>
);
