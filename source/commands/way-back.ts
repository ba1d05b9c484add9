import type {Message} from '../state/messages.ts';
import type {Screen, ScreenOrigin, State} from '../state/model.ts';

type Opening = Extract<Message, {type: 'ui/screen-opened'}>;

const originIn = (screen: Screen): ScreenOrigin | undefined => {
	switch (screen.kind) {
		case 'container':
		case 'build':
		case 'transfers':
		case 'transfer':
			return screen.origin;
		default:
			return undefined;
	}
};

/** Back to where a full screen was opened from, else to the dashboard. */
export const wayBack = (screen: Screen): Opening => ({
	type: 'ui/screen-opened',
	...(originIn(screen) ?? {screen: {kind: 'dashboard'}}),
});

/** What is read on the screen, by its name. */
const titleOf = ({ui: {screen}, opened, image}: State): string | undefined => {
	if (screen.kind === 'container') return opened?.container?.name;
	return screen.kind === 'image' ? image?.title : undefined;
};

/** For a screen that is opened from the one that is there, and is to go back to it. */
export const originHere = (state: State): {readonly origin?: ScreenOrigin} => {
	const {screen} = state.ui;
	const title = titleOf(state);
	return screen.kind === 'dashboard' ? {} : {origin: {screen, ...(title === undefined ? {} : {title})}};
};

/** For the screen of all transfers: nobody wants to go back to one of them, but to where they came from. */
export const originBeforeTransfers = (state: State): {readonly origin?: ScreenOrigin} => {
	let {screen} = state.ui;
	let origin = originHere(state).origin;
	while (screen.kind === 'build' || screen.kind === 'transfers' || screen.kind === 'transfer') {
		origin = screen.origin;
		screen = origin?.screen ?? {kind: 'dashboard'};
	}
	return origin === undefined ? {} : {origin};
};
