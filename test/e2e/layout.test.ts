import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {docker, removeTestObjects, requireEngine, runBusy, testName} from '../helpers/docker.ts';
import {type Gantry, openGantry} from '../helpers/gantry.ts';

const sizes = [
	[160, 45],
	[120, 40],
	[100, 30],
	[80, 24],
	[60, 15],
	[50, 14],
	[30, 8],
] as const;

/** The text of one cell; a space where nothing is. */
const at = (gantry: Gantry, x: number, y: number): string => gantry.cell(x, y).text || ' ';

/** What is wrong with the frame: header and footer in their rows, and borders in the outermost columns between. */
function flaw(gantry: Gantry): string | undefined {
	const {columns, rows} = gantry;
	if (!gantry.screen()[0]?.startsWith(' gantry')) return 'the header is not in the first row';
	if (gantry.screen()[rows - 1]?.trim() === '') return 'the footer is not in the last row';
	const isBordered = (y: number) =>
		'╭│╰'.includes(at(gantry, 0, y)) && '╮│╯'.includes(at(gantry, columns - 1, y));
	const last = isBordered(rows - 2) ? rows - 2 : rows - 3;
	// A container's name and tabs stand above its pane.
	const hasTabs = gantry.screen()[1]?.includes('  logs  ') ?? false;
	const broken = Array.from({length: last}, (_, index) => index + 1).find(
		y => !isBordered(y) && !(hasTabs && y === 1),
	);
	return broken === undefined ? undefined : `row ${broken} has no border at an end`;
}

async function isWhole(gantry: Gantry): Promise<void> {
	await gantry.until(
		`the frame is whole at ${gantry.columns}x${gantry.rows}`,
		() => gantry.rows < 8 || flaw(gantry) === undefined,
	);
}

/** Whether the screen is what a full repaint makes of it; what changed by itself meanwhile is looked at again. */
async function hasNoRemains(gantry: Gantry): Promise<void> {
	let before = '';
	let after = '';
	for (let attempt = 0; attempt < 20; attempt += 1) {
		before = gantry.text();
		gantry.scribble('\u001B7\u001B[1;1H§\u001B8');
		await gantry.sees('§');
		await gantry.press('ctrl-l');
		await gantry.seesNot('§');
		await isWhole(gantry);
		after = gantry.text();
		if (before === after) return;
	}
	assert.equal(before, after);
}

describe('the frame', {skip: requireEngine(), timeout: 240_000}, () => {
	const prefix = testName('');
	const project = `買い物🛒かご-プロジェクト-${prefix}`;

	before(async () => {
		const label = ['--label', `com.docker.compose.project=${project}`, '--network', 'none'];
		await Promise.all([
			runBusy(testName('api'), ...label, '--label', 'com.docker.compose.service=網羅👩‍👩‍👧サービス'),
			runBusy(testName('db'), ...label),
			runBusy(testName(`long-${'x'.repeat(90)}-tail`), '--network', 'none'),
			...Array.from({length: 2}, (_, index) =>
				docker('create', '--name', testName(`idle-${index}`), 'gantry-test/busy:1'),
			),
		]);
	});
	after(removeTestObjects);

	const opened = async (columns: number, rows: number): Promise<Gantry> => {
		const gantry = await openGantry({columns, rows});
		await gantry.press('/');
		await gantry.type(`name:${prefix}`);
		await gantry.press('enter', 'v');
		return gantry;
	};

	for (const [columns, rows] of sizes)
		test(`is whole at ${columns}x${rows}, with wide names in it`, async () => {
			await using gantry = await opened(columns, rows);
			await isWhole(gantry);
			await gantry.sees(/買/);
			if (columns >= 80) await gantry.sees(/…\S*tail/);
			await isWhole(gantry);
			await hasNoRemains(gantry);
		});

	test('says so where nothing fits', async () => {
		await using gantry = await openGantry({columns: 20, rows: 6, waitsForLive: false});
		await gantry.sees(/30/);
		gantry.resize(80, 24);
		await gantry.sees('● live');
		await isWhole(gantry);
		gantry.resize(10, 3);
		await gantry.seesNot('● live');
		gantry.resize(100, 30);
		await gantry.sees('● live');
		await isWhole(gantry);
		await hasNoRemains(gantry);
	});

	test('a storm of sizes leaves nothing behind', async () => {
		await using gantry = await opened(120, 40);
		await gantry.sees(/買/);
		for (let round = 0; round < 3; round += 1) {
			for (const [columns, rows] of [
				[160, 45],
				[61, 16],
				[80, 24],
				[29, 7],
				[200, 50],
				[100, 30],
				[119, 39],
				[81, 25],
			] as const) {
				gantry.resize(columns, rows);
				// Some sizes are seen, others are gone before the program hears of them.
				if ((columns + round) % 3 === 0) await isWhole(gantry);
			}
		}
		for (const [columns, rows] of [
			[160, 45],
			[80, 24],
			[120, 40],
		] as const) {
			gantry.resize(columns, rows);
			await isWhole(gantry);
			await gantry.sees(/買/);
			await hasNoRemains(gantry);
		}
	});

	test('dialogs fit into every size', async () => {
		await using gantry = await opened(160, 45);
		await gantry.sees(/買/);
		for (const [key, title] of [
			['?', /╭ Help/],
			[':', /╭ Commands/],
			['R', /╭ Run another like/],
			['o', /╭ Sort by/],
			['P', /╭ Pull an image/],
			['D', /╭ Remove all/],
		] as const) {
			gantry.resize(160, 45);
			await gantry.press(key);
			await gantry.sees(title);
			for (const [columns, rows] of sizes) {
				gantry.resize(columns, rows);
				await gantry.sees(title);
				await gantry.until('its border is whole', () => isBoxWhole(gantry, title));
			}
			await gantry.press('esc');
			await gantry.seesNot(title);
			await isWhole(gantry);
		}
	});

	test('a log with wide glyphs and very long lines stays inside its border', async () => {
		const name = testName('wide');
		const line = '漢字かな交じり文🚢👩‍👩‍👧 é '.repeat(30);
		await docker(
			'run',
			'--detach',
			'--name',
			name,
			'--network',
			'none',
			'gantry-test/busy:1',
			'sh',
			'-c',
			`echo '${line}'; echo done; sleep 3600`,
		);
		await using gantry = await openGantry({columns: 80, rows: 24});
		await gantry.select(name);
		await gantry.press('l');
		await gantry.sees(/│ done +│/);
		for (const [columns, rows] of [
			[80, 24],
			[81, 24],
			[120, 40],
			[61, 15],
		] as const) {
			gantry.resize(columns, rows);
			await isWhole(gantry);
			await gantry.sees(/漢字/);
			await hasNoRemains(gantry);
		}
	});
});

/** Whether the box with this title has its right border in one column down to its corner. */
function isBoxWhole(gantry: Gantry, title: RegExp): boolean {
	const y = gantry.screen().findIndex(row => title.test(row));
	const found = title.exec(gantry.screen()[y] ?? '')?.[0];
	if (found === undefined) return false;
	const {x} = gantry.find(found);
	let right = x;
	while (right < gantry.columns && at(gantry, right, y) !== '╮') right += 1;
	for (let row = y + 1; row < gantry.rows; row += 1) {
		const [left, end] = [at(gantry, x, row), right < gantry.columns ? at(gantry, right, row) : ''];
		if (left === '╰') return end === '╯';
		if (left !== '│' || end !== '│') return false;
	}
	return false;
}
