import {spinnerFrame} from '../components/spinner.ts';
import {cellWidth, cut, fit} from '../format/cells.ts';
import {shortId} from '../format/image-name.ts';
import {sanitise} from '../format/sanitise.ts';
import {accountText, reachText, stateText} from '../resources/registries.ts';
import type {State} from '../state/model.ts';
import {registryRow} from '../state/selectors/registries-rows.ts';
import {openPlace} from '../state/selectors/registry-place.ts';
import {registryStatus} from '../state/selectors/registry-status.ts';
import type {RegistryPlace} from '../state/views/registry.ts';
import type {Theme} from '../theme/theme.ts';

/** Digests are known by their beginning. */
const referenceText = (reference: string): string =>
	reference.includes(':') ? `@${shortId(reference)}` : reference;

const pathOf = (place: RegistryPlace): readonly string[] => {
	switch (place.level) {
		case 'registries':
			return ['registries'];
		case 'repositories':
			return ['registries', place.host];
		case 'tags':
			return ['registries', place.host, place.repository];
		case 'manifest': {
			const {host, repository, reference, parents = []} = place;
			return ['registries', host, repository, ...[...parents, reference].map(referenceText)];
		}
	}
};

/** Who asks, and how: of the registry that is open. */
const hostText = (state: State, place: RegistryPlace): string => {
	if (place.level === 'registries') return '';
	const row = registryRow(state, place.host);
	if (row === undefined) return '';
	const account = accountText(row) === '' ? 'nobody logged in' : `as ${accountText(row)}`;
	const troubled = row.state === 'ok' || row.state === 'asking' ? '' : stateText(row);
	return [troubled, account, reachText(row)].filter(text => text !== '').join('  ');
};

/** Where one stands, and as whom: one line as wide as the screen. */
export const registryBarLine = (state: State, theme: Theme): string => {
	const place = openPlace(state);
	const {columns} = state.ui;
	if (place === undefined) return fit('', columns);
	const {arrow, ellipsis} = theme.glyphs;
	const host = theme.spell(sanitise(hostText(state, place)));
	const right = cellWidth(host) > columns / 2 ? '' : host;
	const room = Math.max(0, columns - cellWidth(right) - 3);
	const path = pathOf(place)
		.map(part => theme.spell(sanitise(part)))
		.join(` ${arrow} `);
	return ` ${theme.paint('title', fit(cut(path, room, 'middle', ellipsis), room))} ${theme.paint('dim', right)} `;
};

/** What is the matter, or how far it is, and what can be done about it: one line. */
export const registryStatusLine = (state: State, theme: Theme): string => {
	const {tone, text, hint = ''} = registryStatus(state);
	const {columns} = state.ui;
	const {ellipsis} = theme.glyphs;
	const spinner = tone === 'info' ? `${spinnerFrame(theme.glyphs, state.now)} ` : '';
	const safe = (words: string): string => theme.spell(sanitise(words));
	const next = hint === '' ? '' : `   ${safe(hint)}`;
	const room = columns - cellWidth(spinner) - cellWidth(next) - 2;
	const words = cut(safe(text), Math.max(20, room), 'middle', ellipsis);
	return theme.paint(tone, fit(` ${spinner}${words}${next}`, columns, {ellipsis}));
};
