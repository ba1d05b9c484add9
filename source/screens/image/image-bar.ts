import {formatSize} from '../../format/bytes.ts';
import {cellWidth, cut} from '../../format/cells.ts';
import {counted} from '../../format/counted.ts';
import {shortenImage} from '../../format/image-name.ts';
import {sanitise} from '../../format/sanitise.ts';
import {amountText} from '../../resources/amount.ts';
import {type ImageTab, imageTabs, type State} from '../../state/model.ts';
import {selectUsers} from '../../state/selectors/containers.ts';
import {selectUniqueSizes} from '../../state/selectors/image-sharing.ts';
import type {Theme} from '../../theme/theme.ts';
import {departureText} from './image-words.ts';

const tabTitles: Readonly<Record<ImageTab, string>> = {
	layers: 'layers',
	history: 'history',
	imageConfig: 'config',
	inspect: 'inspect',
};

const gap = '  ';
const tabCells = imageTabs.reduce((sum, tab) => sum + tabTitles[tab].length + gap.length, 0);

/** What is known of it, the most telling first. */
const factsOf = (state: State): readonly string[] => {
	const {screen} = state.ui;
	if (screen.kind !== 'image') return [];
	const id = screen.imageId;
	const image = state.images.byId.get(id);
	const users = selectUsers(state).get(id) ?? [];
	const unique = selectUniqueSizes(state).get(id);
	const size = image?.sizeBytes ?? state.image?.config?.sizeBytes;
	const others = (image?.tags ?? []).filter(tag => tag !== state.image?.title);
	const [user] = users;
	return [
		...(size === undefined ? [] : [formatSize(size)]),
		...(unique === undefined ? [] : [`${amountText(unique)} its own`]),
		...(user === undefined
			? []
			: [users.length === 1 ? `used by ${sanitise(user.name)}` : `used by ${users.length}`]),
		...(image !== undefined && image.tags.length === 0 ? ['dangling'] : []),
		...(others.length === 0
			? []
			: [`${counted(others.length, 'other name')}: ${others.map(sanitise).join(', ')}`]),
		state.images.contents.get(id)?.platform ?? '',
	].filter(fact => fact !== '');
};

/** Whole facts, as many as fit. */
const fitting = (facts: readonly string[], room: number, bullet: string): string => {
	let text = '';
	for (const fact of facts) {
		const longer = text === '' ? fact : `${text} ${bullet} ${fact}`;
		if (cellWidth(longer) <= room) text = longer;
	}
	return text;
};

/** The image's name, what is known of it, or when it went, and its tabs: one line as wide as the screen. */
export const imageBarLine = (state: State, theme: Theme): string => {
	const {screen, columns} = state.ui;
	const open = screen.kind === 'image' ? screen.tab : undefined;
	const {ellipsis, dead, bullet} = theme.glyphs;
	const departure = departureText(state);
	const title = theme.spell(sanitise(state.image?.title ?? ''));
	const nameRoom = Math.max(8, Math.floor(columns * (columns < 100 ? 0.3 : 0.4)));
	const name = cut(shortenImage(title, nameRoom, ellipsis), nameRoom, 'middle', ellipsis);
	const room = Math.max(0, columns - cellWidth(name) - tabCells - 3);
	const facts =
		departure === undefined
			? theme.spell(fitting(factsOf(state), room, bullet))
			: cut(`${dead} ${departure}`, room, 'end', ellipsis);
	const tabs = imageTabs
		.map(tab => gap + theme.paint(tab === open ? 'selection' : 'dim', tabTitles[tab]))
		.join('');
	const rest = Math.max(0, columns - cellWidth(name) - cellWidth(facts) - tabCells - 2);
	return ` ${theme.paint('title', name)} ${theme.paint(departure === undefined ? 'dim' : 'trouble', facts)}${' '.repeat(rest)}${tabs}`;
};
