import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {cellWidth} from '../../source/format/cells.ts';
import {withoutStyles} from '../../source/format/styled.ts';
import {tabBarLine} from '../../source/screens/container/tab-bar.ts';
import {containerTabs, type OpenedContainer} from '../../source/state/model.ts';
import {createTheme} from '../../source/theme/theme.ts';
import {containerOf, detailsOf, idOf} from '../helpers/objects.ts';

const now = new Date(2026, 0, 1, 12, 0, 0).getTime();
const opened: OpenedContainer = {
	containerId: idOf(1),
	container: containerOf(1, {name: 'web-1', details: detailsOf({startedAt: now - 5000})}),
};
const themes = {
	unicode: createTheme({isUnicode: true, colours: 'none'}),
	ascii: createTheme({isUnicode: false, colours: 'none'}),
};

const line = (
	tab: (typeof containerTabs)[number],
	width: number,
	given: OpenedContainer = opened,
	theme = themes.unicode,
): string => withoutStyles(tabBarLine(given, tab, {width, now, theme}));

suite('the bar of tabs', () => {
	test('has the name, the state and every tab where there is room', () => {
		assert.equal(
			line('logs', 100).trimEnd(),
			' web-1 ● up 5s  logs  stats  processes  inspect  config  network & mounts  changes  files',
		);
	});

	test('is as wide as the screen, and shows the open tab at every width', () => {
		for (const theme of Object.values(themes))
			for (const tab of containerTabs)
				for (let width = 40; width <= 160; width += 7) {
					const shown = line(tab, width, opened, theme);
					assert.equal(cellWidth(shown), width, `${tab} at ${width}`);
					assert.ok(shown.includes(tab), `${tab} at ${width}: ${shown}`);
				}
	});

	test('says that there are more tabs than have room', () => {
		assert.match(line('config', 40), / … {2}.*config.* … *$/);
		assert.match(line('config', 40, opened, themes.ascii), / ~ {2}.*config.* ~ *$/);
	});

	test('of a container that is gone says when and by what', () => {
		const gone = {...opened, departure: {at: now - 60_000, by: 'destroy'}};
		assert.match(line('files', 80, gone), /^ web-1 ✖ removed 11:59:00 \(destroy\) /);
		assert.match(line('files', 80, {...opened, departure: {at: now}}), /^ web-1 ✖ removed 12:00:00 /);
	});

	test('shows a name from outside as text', () => {
		const named = containerOf(1, {name: '\u001B[31m数据库-\u001B]0;x\u0007'});
		assert.match(line('logs', 100, {...opened, container: named}), /^ 数据库- /);
	});
});
