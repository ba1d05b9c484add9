import assert from 'node:assert/strict';
import {Writable} from 'node:stream';
import {test} from 'node:test';
import {Box, render, renderToString} from 'ink';
import stringWidth from 'string-width';
import {DetailTable} from '../../source/components/detail-table.tsx';
import {Dialog, dialogWidth} from '../../source/components/dialog.tsx';
import {LayoutColumns, Lines} from '../../source/components/lines.tsx';
import {Pane} from '../../source/components/pane.tsx';
import {ToastList} from '../../source/components/toast-list.tsx';
import {withoutStyles} from '../../source/format/styled.ts';
import {createTheme} from '../../source/theme/theme.ts';

const theme = createTheme({colours: 16, isUnicode: true});

const draw = (node: React.ReactNode, columns: number): readonly string[] =>
	withoutStyles(renderToString(node, {columns})).split('\n');

test('finished lines reach the screen as they are', () => {
	const lines = ['\x1b[32m●\x1b[39m 漢字', 'second', '', 'fourth'];
	assert.equal(
		renderToString(<Lines lines={lines} width={6} height={5} />, {columns: 20}),
		'\x1b[32m●\x1b[39m 漢字\nsecond\n\nfourth\n',
	);
});

test('two panes stand side by side', () => {
	const pane = {height: 3, title: 'A', isFocused: false, theme};
	assert.deepEqual(
		draw(
			<Box>
				<Pane {...pane} width={8} lines={['漢字漢']} />
				<Pane {...pane} width={7} lines={['right']} />
			</Box>,
			20,
		),
		['╭ A ───╮╭ A ──╮', '│漢字漢││right│', '╰──────╯╰─────╯'],
	);
});

test('a dialog lies over what is there, wide glyphs at its edges included', () => {
	const screen = Array.from({length: 5}, () => '漢'.repeat(10));
	const lines = draw(
		<Box width={20} height={5}>
			<Lines lines={screen} width={20} height={5} />
			<Dialog columns={20} rows={5} width={5} title="T" lines={['hello']} theme={theme} />
		</Box>,
		20,
	);
	assert.deepEqual(lines.slice(1, 4), [
		'漢漢漢╭ T ──╮ 漢漢漢',
		'漢漢漢│hello│ 漢漢漢',
		'漢漢漢╰─────╯ 漢漢漢',
	]);
	assert.equal(dialogWidth(60, 80), 60);
	assert.equal(dialogWidth(100, 80), 74);
	assert.equal(dialogWidth(100, 30), 28);
});

test('a dialog that is taller than the screen keeps inside it', () => {
	const lines = Array.from({length: 30}, () => 'x'.repeat(10));
	const drawn = draw(
		<Box width={20} height={6}>
			<Dialog columns={20} rows={6} width={10} title="T" lines={lines} theme={theme} />
		</Box>,
		20,
	);
	assert.equal(drawn.length, 6);
	assert.match(drawn[5] ?? '', /╰/);
});

test('toasts stand above the footer, the newest at the bottom', () => {
	const lines = draw(
		<Box width={30} height={6}>
			<Lines lines={Array.from({length: 6}, () => '.'.repeat(30))} width={30} height={6} />
			<ToastList
				toasts={[
					{tone: 'good', text: 'pulled'},
					{tone: 'trouble', text: 'conflict: the container is running and cannot be removed'},
				]}
				columns={30}
				rows={6}
				bottom={1}
				theme={theme}
			/>
		</Box>,
		30,
	);
	assert.equal(lines[0], '.'.repeat(30));
	assert.match(lines[1] ?? '', /^│ pulled +│$/);
	assert.match(lines[4] ?? '', /removed/);
	assert.equal(lines[5], '.'.repeat(30));
});

const rows = [
	['80/tcp', '0.0.0.0:8080'],
	['漢字', '👍'],
	['', '\ue0b0 private'],
];

for (const width of [60, 24, 14])
	test(`a detail table is aligned in ${width} cells`, () => {
		const table = (
			<DetailTable
				columns={[{header: 'PORT'}, {header: 'HOST', align: 'right'}]}
				rows={rows}
				width={width}
				theme={theme}
			/>
		);
		const lines = draw(table, 80);
		const widths = new Set(lines.map(line => stringWidth(line)));
		assert.equal(widths.size, 1, lines.join('\n'));
		assert.ok(stringWidth(lines[0] ?? '') <= width);
		if (width < 20) return;
		assert.match(lines.join('\n'), /漢字/);
		assert.match(lines.join('\n'), /👍 │/);
		assert.match(lines.join('\n'), /\ue0b0 private/);
	});

test('a detail table shows its new rows when they are other ones', async () => {
	const terminal = new FakeTerminal();
	terminal.columns = 40;
	const stdout = terminal as unknown as NodeJS.WriteStream;
	const table = (words: readonly string[]) => (
		<DetailTable
			columns={[{header: 'A'}, {header: 'B'}]}
			rows={words.map(word => [word, {text: `${word} too`, tone: 'good'}])}
			width={40}
			theme={theme}
		/>
	);
	const app = render(table(['one', 'two']), {stdout, interactive: true, patchConsole: false});
	await app.waitUntilRenderFlush();
	terminal.written = '';
	app.rerender(table(['three', '四']));
	await app.waitUntilRenderFlush();
	const shown = withoutStyles(terminal.written);
	for (const word of ['three', 'three too', '四 too']) assert.ok(shown.includes(word), shown);
	app.unmount();
});

test('a detail table in ASCII is ASCII', () => {
	const ascii = createTheme({colours: 'none', isUnicode: false});
	const table = (
		<DetailTable columns={[{header: 'A'}, {header: 'B'}]} rows={[['é', 'x']]} width={40} theme={ascii} />
	);
	for (const line of draw(table, 80)) assert.match(line, /^[\x20-\x7e]*$/);
});

class FakeTerminal extends Writable {
	columns = 20;
	rows = 5;
	isTTY = true;
	written = '';
	override _write(chunk: Buffer, _: string, done: () => void): void {
		this.written += chunk.toString();
		done();
	}
}

test('when the terminal gets narrower, lines of the old layout are not drawn once more', async () => {
	const terminal = new FakeTerminal();
	const stdout = terminal as unknown as NodeJS.WriteStream;
	const screen = (columns: number) => (
		<LayoutColumns value={columns}>
			<Lines
				lines={[columns === 20 ? 'old'.padEnd(20, '-') : 'new'.padEnd(columns, '-')]}
				width={columns}
				height={1}
			/>
		</LayoutColumns>
	);
	const app = render(screen(20), {stdout, interactive: true, patchConsole: false});
	await app.waitUntilRenderFlush();
	assert.match(terminal.written, /old-+/);
	terminal.written = '';
	terminal.columns = 10;
	terminal.emit('resize');
	app.rerender(screen(10));
	await app.waitUntilRenderFlush();
	assert.doesNotMatch(terminal.written, /old/);
	assert.match(terminal.written, /new-{7}/);
	app.unmount();
});
