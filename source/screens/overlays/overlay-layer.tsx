import {useSelector} from '../../hooks/use-selector.ts';
import {ChoiceOverlay} from './choice-overlay.tsx';
import {ConfirmOverlay} from './confirm-overlay.tsx';
import {FormOverlay} from './form-overlay.tsx';
import {HelpOverlay} from './help-overlay.tsx';
import {MessagesOverlay} from './messages-overlay.tsx';
import {PaletteOverlay} from './palette-overlay.tsx';

/** What lies on top of the screen; only the uppermost is drawn. */
export const OverlayLayer = () => {
	const overlay = useSelector(state => state.ui.overlays.at(-1));
	if (overlay === undefined) return null;
	switch (overlay.kind) {
		case 'help':
			return <HelpOverlay overlay={overlay} />;
		case 'palette':
			return <PaletteOverlay overlay={overlay} />;
		case 'messages':
			return <MessagesOverlay overlay={overlay} />;
		case 'confirm':
			return <ConfirmOverlay overlay={overlay} />;
		case 'form':
			return <FormOverlay overlay={overlay} />;
		case 'choice':
			return <ChoiceOverlay overlay={overlay} />;
	}
};
