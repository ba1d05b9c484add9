import {sanitise} from '../format/sanitise.ts';
import {byNumber, byText, type Cell, type Column} from './column.ts';
import type {Resource} from './resource.ts';

/** Whether a registry answers, and lets us in. */
export type RegistryState =
	| 'unasked'
	| 'asking'
	| 'ok'
	| 'login'
	| 'denied'
	| 'untrusted'
	| 'absent'
	| 'limited'
	| 'account'
	| 'odd';

export type RegistryRow = {
	readonly key: string;
	readonly host: string;
	readonly state: RegistryState;
	/** Of one that answers. */
	readonly isEncrypted?: boolean;
	/** The engine does not check its certificate. */
	readonly isInsecure: boolean;
	/** Empty: somebody whose name nobody tells. */
	readonly username?: string;
	/** Where the credentials are kept. */
	readonly store?: string;
	/** Images of it on this engine. */
	readonly images: number;
	readonly isAdded: boolean;
	readonly isMarked: boolean;
};

const words: Readonly<Record<RegistryState, Cell>> = {
	unasked: {text: ''},
	asking: {text: 'asking', tone: 'dim'},
	ok: {text: 'ok', tone: 'good'},
	login: {text: 'needs login', tone: 'watch'},
	denied: {text: 'no access', tone: 'watch'},
	untrusted: {text: 'not trusted', tone: 'trouble'},
	absent: {text: 'not there', tone: 'trouble'},
	limited: {text: 'busy', tone: 'watch'},
	account: {text: 'login unreadable', tone: 'trouble'},
	odd: {text: 'no registry', tone: 'trouble'},
};

export const stateText = ({state}: Pick<RegistryRow, 'state'>): string => words[state].text;

/** How it is reached, as far as that is known. */
export const reachText = ({isEncrypted, isInsecure}: RegistryRow): string => {
	if (isEncrypted === undefined) return isInsecure ? 'insecure' : '';
	if (!isEncrypted) return 'http';
	return isInsecure ? 'https, unchecked' : 'https';
};

export const accountText = ({username, store}: RegistryRow): string =>
	username === undefined && store === undefined ? '' : username || '(token)';

const columns: readonly Column<RegistryRow>[] = [
	{
		id: 'registry',
		header: 'REGISTRY',
		align: 'left',
		priority: 1,
		width: {min: 22, ideal: 36, max: 200},
		cell: row => ({text: sanitise(row.host), cut: 'middle'}),
		compare: byText(row => row.host),
	},
	{
		id: 'state',
		header: 'STATE',
		align: 'left',
		priority: 2,
		width: {min: 11, ideal: 16},
		cell: (row, {spinner}) =>
			row.state === 'asking' ? {text: `${spinner} asking`, tone: 'dim'} : words[row.state],
		compare: byText(stateText),
	},
	{
		id: 'account',
		header: 'ACCOUNT',
		align: 'left',
		priority: 3,
		width: {min: 12, ideal: 20, max: 40},
		cell: row => ({text: sanitise(accountText(row))}),
		compare: byText(accountText),
	},
	{
		id: 'images',
		isNumeric: true,
		header: 'IMAGES HERE',
		align: 'right',
		priority: 4,
		width: {min: 11, ideal: 11},
		cell: row => (row.images === 0 ? {text: '-', tone: 'dim'} : {text: String(row.images)}),
		compare: byNumber(row => row.images),
	},
	{
		id: 'reach',
		header: 'REACHED BY',
		align: 'left',
		priority: 5,
		width: {min: 10, ideal: 16},
		cell: row => ({
			text: reachText(row),
			tone: row.isEncrypted === true && !row.isInsecure ? 'dim' : 'watch',
		}),
		compare: byText(reachText),
	},
	{
		id: 'store',
		header: 'KEPT IN',
		align: 'left',
		priority: 6,
		width: {min: 14, ideal: 30, max: 60},
		isExtra: true,
		cell: row => ({text: sanitise(row.store ?? ''), tone: 'dim', cut: 'middle'}),
		compare: byText(row => row.store ?? ''),
	},
];

export const registries = {
	id: 'registries',
	title: 'Registries',
	columns,
	rowId: row => row.key,
	search: {
		text: row => `${row.host} ${accountText(row)} ${stateText(row)}`.toLowerCase(),
		fields: {
			registry: row => [row.host],
			account: row => [accountText(row)],
			state: row => [stateText(row)],
		},
	},
	emptyMessage: 'No registry is known. a adds one.',
} as const satisfies Resource<RegistryRow>;
