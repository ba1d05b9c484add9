import assert from 'node:assert/strict';
import {test} from 'node:test';
import {cellWidth, clusters} from '../../source/format/cells.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {detectTheme, type Environment} from '../../source/theme/detect.ts';
import {asciiGlyphs, type Glyphs, unicodeGlyphs} from '../../source/theme/glyphs.ts';
import type {Colours} from '../../source/theme/palettes.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {tokens} from '../../source/theme/tokens.ts';

const UTF8 = {LANG: 'en_GB.UTF-8'};

const detections: readonly [string, Environment, boolean, Colours, boolean][] = [
	['an xterm', {TERM: 'xterm', ...UTF8}, true, 16, true],
	['256 colours', {TERM: 'screen-256color', ...UTF8}, true, 256, true],
	['true colour', {TERM: 'xterm-256color', COLORTERM: 'truecolor', ...UTF8}, true, 'truecolour', true],
	['NO_COLOR', {TERM: 'xterm-256color', NO_COLOR: '1', COLORTERM: 'truecolor', ...UTF8}, true, 'none', true],
	['an empty NO_COLOR', {TERM: 'xterm-256color', NO_COLOR: '', ...UTF8}, true, 256, true],
	['a dumb terminal', {TERM: 'dumb', ...UTF8}, true, 'none', false],
	['no terminal', {TERM: 'xterm-256color', ...UTF8}, false, 'none', true],
	['no locale', {TERM: 'xterm'}, true, 16, false],
	['LC_ALL over LANG', {TERM: 'xterm', LC_ALL: 'C', ...UTF8}, true, 16, false],
	['LC_CTYPE over LANG', {TERM: 'xterm', LC_CTYPE: 'C.utf8', LANG: 'C'}, true, 16, true],
	['an empty LC_ALL', {TERM: 'xterm', LC_ALL: '', ...UTF8}, true, 16, true],
];

for (const [name, env, isTty, colours, isUnicode] of detections)
	test(`detects ${name}`, () => assert.deepEqual(detectTheme(env, isTty), {colours, isUnicode}));

const themes = (['none', 16, 256, 'truecolour'] as const).map(colours =>
	createTheme({colours, isUnicode: true}),
);

test('every look leaves the text as it is and closes what it opens', () => {
	for (const theme of themes)
		for (const token of tokens) {
			const painted = theme.paint(token, 'text');
			assert.equal(withoutStyles(painted), 'text');
			assert.doesNotMatch(painted, /\x1b\[0?m/, 'a full reset would end what is around it');
			const opened = painted.slice(0, painted.indexOf('text')).match(/\x1b/g)?.length ?? 0;
			const closed = painted.slice(painted.indexOf('text')).match(/\x1b/g)?.length ?? 0;
			assert.equal(opened, closed, `${theme.colours} ${token}`);
		}
});

test('without colours there are no colours, and the row under the cursor is still seen', () => {
	const theme = createTheme({colours: 'none', isUnicode: true});
	for (const token of tokens) assert.doesNotMatch(theme.paint(token, 'x'), /\x1b\[(?:3|4|9|10)\d/);
	assert.notEqual(theme.paint('selection', 'x'), 'x');
});

test('a look inside another goes back to the outer one', () => {
	const theme = createTheme({colours: 16, isUnicode: true});
	const nested = theme.paint('good', `a${theme.paint('trouble', 'b')}c`);
	assert.equal(nested, '\x1b[32ma\x1b[31mb\x1b[39m\x1b[32mc\x1b[39m');
	assert.equal(theme.paint(undefined, 'x'), 'x');
	assert.equal(theme.paint('good', ''), '');
});

const flat = (glyphs: Glyphs): readonly string[] =>
	Object.values(glyphs).flatMap(glyph =>
		typeof glyph === 'string' ? [glyph] : Object.values<string>(glyph),
	);

test('every glyph is one cell, and the ASCII set is ASCII', () => {
	for (const text of [...flat(unicodeGlyphs), ...flat(asciiGlyphs)])
		for (const cluster of clusters(text)) assert.equal(cluster.width, 1, text);
	for (const text of flat(asciiGlyphs)) assert.match(text, /^[\x20-\x7e]+$/);
	for (const text of flat(unicodeGlyphs)) assert.equal(text.length, cellWidth(text), text);
});

test('what an ASCII terminal cannot show is replaced', () => {
	assert.equal(createTheme({colours: 16, isUnicode: false}).spell('a漢👍é'), 'a???');
	assert.equal(createTheme({colours: 16, isUnicode: true}).spell('a漢'), 'a漢');
});
