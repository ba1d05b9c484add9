import unicode11 from '@xterm/addon-unicode11';
import xterm, {type IBufferCell} from '@xterm/headless';
import type {Size} from '../../source/output/frame-writer.ts';

/** A terminal without a program in it. */
export type Emulator = {
	readonly write: (output: string) => Promise<void>;
	readonly resize: (size: Size) => void;
	/** Every cell with all that it shows, row by row. */
	readonly cells: () => readonly string[];
	readonly text: () => string;
};

const describe = (cell: IBufferCell): string => {
	// A cell that nothing was written to shows the same as one with a space.
	const chars = cell.getWidth() === 0 ? '' : cell.getChars() || ' ';
	const flags = [
		cell.isBold(),
		cell.isDim(),
		cell.isItalic(),
		cell.isUnderline(),
		cell.isBlink(),
		cell.isInverse(),
		cell.isInvisible(),
		cell.isStrikethrough(),
		cell.isOverline(),
	].map(flag => (flag === 0 ? '-' : '+'));
	const colours = [cell.getFgColorMode(), cell.getFgColor(), cell.getBgColorMode(), cell.getBgColor()];
	return `${chars} ${cell.getWidth()} ${flags.join('')} ${colours.join(',')}`;
};

export const createEmulator = ({columns, rows}: Size): Emulator => {
	const terminal = new xterm.Terminal({cols: columns, rows, scrollback: 0, allowProposedApi: true});
	terminal.loadAddon(new unicode11.Unicode11Addon());
	terminal.unicode.activeVersion = '11';
	// Where full-screen programs draw: the other screen is wrapped anew when its size changes.
	terminal.write('\x1b[?1049h');
	const lines = () =>
		Array.from({length: terminal.rows}, (_, row) =>
			terminal.buffer.active.getLine(terminal.buffer.active.viewportY + row),
		);
	return {
		write: output =>
			new Promise(resolve => {
				terminal.write(output, resolve);
			}),
		resize(size) {
			terminal.resize(size.columns, size.rows);
		},
		cells: () =>
			lines().flatMap(line =>
				Array.from({length: terminal.cols}, (_, column) => {
					const cell = line?.getCell(column);
					return cell === undefined ? 'no cell' : describe(cell);
				}),
			),
		text: () =>
			lines()
				.map(line => line?.translateToString(true) ?? '')
				.join('\n'),
	};
};
