import {Text} from 'ink';
import {fit} from '../format/cells.ts';

/** What is left when nothing fits: a line that says so. */
export const TooSmall = ({columns, rows}: {readonly columns: number; readonly rows: number}) => (
	<Text>{fit(`${columns}x${rows}, needs 30x8`, columns)}</Text>
);
