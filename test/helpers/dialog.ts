import type {Gantry} from './gantry.ts';

/** What stands in the dialog on the screen, broken lines put together; nothing when there is none of this title. */
const dialogText = (gantry: Gantry, title: string): string => {
	const head = `╭ ${title}`;
	if (!gantry.text().includes(head)) return '';
	const {x, y} = gantry.find(head);
	const rows: string[] = [];
	const width = (gantry.screen()[y] ?? '').slice(x).indexOf('╮');
	for (const row of gantry.screen().slice(y + 1)) {
		if (row.charAt(x) === '╰') break;
		rows.push(row.slice(x + 1, x + width).trim());
	}
	return rows.join(' ').replaceAll(/ +/g, ' ');
};

/** Waits until the dialog whose title begins so says this, wherever its lines break. */
export const dialogSays = (gantry: Gantry, title: string, expected: string | RegExp): Promise<void> =>
	gantry.until(`the dialog ${title} says ${String(expected)}`, () => {
		const text = dialogText(gantry, title);
		return typeof expected === 'string' ? text.includes(expected) : expected.test(text);
	});
