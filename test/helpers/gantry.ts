import {testEngine} from './docker.ts';
import {type Place, TestTerminal} from './terminal.ts';

export type GantryOptions = {
	/** @default that of the test engine; empty: none is named */
	readonly host?: string;
	/** Further arguments. */
	readonly args?: readonly string[];
	/** @default 200: wide enough for the names of tests */
	readonly columns?: number;
	/** @default 45 */
	readonly rows?: number;
	readonly env?: Readonly<Record<string, string | undefined>>;
	/** @default true */
	readonly waitsForLive?: boolean;
};

/** A pane by its title in the border. */
export type PaneTitle = '1 Containers' | '2 Images' | '3 Resources' | '4 Transfers' | '5 Events';

const paneTitles: readonly PaneTitle[] = [
	'1 Containers',
	'2 Images',
	'3 Resources',
	'4 Transfers',
	'5 Events',
];

/** Starts Gantry on the test engine and waits until it is connected. `await using` ends it with the test. */
export async function openGantry(options: GantryOptions = {}): Promise<Gantry> {
	const gantry = new Gantry(options);
	try {
		if (options.waitsForLive !== false) await gantry.sees('● live', {within: 30_000});
	} catch (error) {
		await gantry[Symbol.asyncDispose]();
		throw error;
	}
	return gantry;
}

/** The dashboard as a person sees and uses it. */
export class Gantry extends TestTerminal {
	constructor({host = testEngine.host, args = [], columns = 200, rows = 45, env = {}}: GantryOptions) {
		super({args: [...(host === '' ? [] : ['-H', host]), ...args], columns, rows, env});
	}

	/** Leaves of the container list only rows whose name holds this, with the cursor on the first. */
	async select(name: string): Promise<string> {
		await this.filter('1 Containers', `name:${name}`);
		return this.row('1 Containers', tailOf(name));
	}

	/** As `select`, in the image list. */
	async selectImage(name: string): Promise<string> {
		await this.filter('2 Images', `name:${name}`);
		return this.row('2 Images', tailOf(name));
	}

	/** Sets the filter of a pane, which has the focus then. */
	async filter(title: PaneTitle, text: string): Promise<void> {
		await this.press(title.charAt(0), '/', 'end', 'ctrl-u');
		await this.type(text);
		await this.press('enter');
		await this.until(`${title} is filtered by ${text}`, () => this.borderOf(title).includes(`/${text} `));
	}

	/** Waits for a row of a pane that shows it. @returns the first such row as it is then. */
	async row(
		title: PaneTitle,
		expected: string | RegExp,
		options: {readonly within?: number} = {},
	): Promise<string> {
		let found: string | undefined;
		const isShown = (): boolean => {
			found = this.pane(title).find(row => matches(row, expected));
			return found !== undefined;
		};
		await this.until(`a row of ${title} shows ${String(expected)}`, isShown, options);
		return found ?? '';
	}

	/** Waits until no row of a pane shows it. */
	async noRow(title: PaneTitle, unwanted: string | RegExp): Promise<void> {
		await this.until(
			`no row of ${title} shows ${String(unwanted)}`,
			() =>
				this.hasPane(title) &&
				!this.pane(title).some(row => matches(row, unwanted) && !row.includes('Nothing matches')),
		);
	}

	/** Waits for a container's row in a state, e.g. `rowIs('web', 'exited 0')`. The name may be cut in its middle. */
	async rowIs(name: string, state: string | RegExp): Promise<string> {
		let found: string | undefined;
		const isShown = (): boolean => {
			found = this.pane('1 Containers').find(row => matches(row, tailOf(name)) && matches(row, state));
			return found !== undefined;
		};
		await this.until(`the row of ${name} shows ${String(state)}`, isShown);
		return found ?? '';
	}

	/** What stands inside the borders of a pane, row by row; nothing when it is not on the screen. */
	pane(title: PaneTitle): readonly string[] {
		const place = this.#placeOf(title);
		if (place === undefined) return [];
		const rows: string[] = [];
		for (let y = place.y + 1; y < this.rows && !'╰╯'.includes(this.cells(y, place.x, place.x + 1)); y += 1)
			rows.push(this.cells(y, place.x + 1, place.right));
		return rows;
	}

	hasPane(title: PaneTitle): boolean {
		return this.#placeOf(title) !== undefined;
	}

	/** The top border of a pane with its title and badges; empty when it is not on the screen. */
	borderOf(title: PaneTitle): string {
		const place = this.#placeOf(title);
		return place === undefined ? '' : this.cells(place.y, place.x, place.right + 1);
	}

	/** The panes that are on the screen. */
	get panes(): readonly PaneTitle[] {
		return paneTitles.filter(title => this.hasPane(title));
	}

	/** Waits for a message in the corner, which breaks long ones into several rows. */
	async tells(text: string | RegExp): Promise<void> {
		const told = () =>
			this.screen()
				.map(row => row.split('│').at(-2)?.trim() ?? '')
				.join(' ')
				.replaceAll(/ +/g, ' ');
		await this.until(`a message says ${String(text)}`, () => matches(told(), text));
	}

	/** Replaces what stands in the field under the cursor of a form. */
	async fill(text: string): Promise<void> {
		await this.press('end', 'ctrl-u');
		await this.type(text);
	}

	/** Types a line into the palette and takes its first answer. */
	async command(line: string): Promise<void> {
		await this.press(':');
		await this.sees('╭ Commands');
		await this.type(line);
		await this.sees(`: ${line}`);
		await this.press('enter');
		await this.seesNot('╭ Commands');
	}

	/** Moves the cursor of the menu that is open to an item, and takes it. */
	async chooseItem(item: string): Promise<void> {
		await this.sees(`│ ${item} `);
		const {x, y} = this.find(`│ ${item} `);
		// Other things on the screen stand out as well: only the lines of the menu count.
		const isCursorAt = (row: number) => this.cell(x, row).text === '│' && this.cell(x + 2, row).isInverse;
		const cursor = () => this.screen().findIndex((_, row) => isCursorAt(row));
		await this.until('the menu has a cursor', () => cursor() !== -1);
		const at = cursor();
		const steps = Array.from({length: Math.abs(y - at)}, () => (y > at ? 'down' : 'up'));
		await this.press(...steps);
		await this.until(`the cursor is on ${item}`, () => isCursorAt(y));
		await this.press('enter');
	}

	#placeOf(title: PaneTitle): (Place & {readonly right: number}) | undefined {
		const place = this.locate(`╭ ${title}`);
		if (place === undefined) return undefined;
		// Titles of panes are ASCII: one cell each.
		const right = this.cells(place.y, place.x, this.columns).indexOf('╮');
		return {...place, right: right === -1 ? this.columns - 1 : place.x + right};
	}
}

/** A long name is cut in its middle: its end is always there. */
function tailOf(name: string): RegExp {
	return new RegExp(`${name.slice(-5).replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}(?=\\s|$)`);
}

function matches(text: string, expected: string | RegExp): boolean {
	return typeof expected === 'string' ? text.includes(expected) : expected.test(text);
}
