import assert from 'node:assert/strict';
import {join} from 'node:path';
import test from 'node:test';
import {screenshot} from './screenshot.ts';
import {openTerminal} from './terminal.ts';

test('draws text, colours and wide characters where the cells are', async () => {
	await using app = await openTerminal({
		commandArgs: [join(import.meta.dirname, 'fixtures/echo-keys.mjs')],
		columns: 40,
		rows: 4,
	});
	await app.sees('size');
	await app.type('<&');
	await app.sees('<&');
	const svg = screenshot(app);
	assert.match(svg, /^<svg [^>]*width="361.2" height="89.2"/);
	assert.match(svg, /<text x="12" [^>]*fill="#ef6b73" font-weight="bold">red<\/text>/);
	assert.match(svg, /<text x="45.7" [^>]*textLength="16.9"[^>]*>漢<\/text>/);
	assert.match(svg, /<rect [^>]*fill="#d6deeb"\/><text [^>]*fill="#0f1720">inverse<\/text>/);
	assert.match(svg, /<rect [^>]*fill="#ff00d7"\/><text [^>]*fill="#010203">exact<\/text>/);
	assert.match(svg, />got "&lt;&amp;"<\/text>/);
});
