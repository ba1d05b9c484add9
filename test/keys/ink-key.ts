import type {InkKey} from '../../source/keys/canonical.ts';

/** What Ink tells of a key without a name. */
export const inkKey = (facts: Partial<InkKey> = {}): InkKey => ({
	upArrow: false,
	downArrow: false,
	leftArrow: false,
	rightArrow: false,
	pageDown: false,
	pageUp: false,
	home: false,
	end: false,
	return: false,
	escape: false,
	ctrl: false,
	shift: false,
	tab: false,
	backspace: false,
	delete: false,
	meta: false,
	...facts,
});
