import type {Message} from '../messages.ts';
import type {State} from '../model.ts';
import type {LayersView} from '../views/layers.ts';

/** The inspector's state: kept while the screen of its image is open, on whichever tab. */
export const reduceLayers = ({layers, now}: State, message: Message): LayersView | undefined => {
	switch (message.type) {
		case 'ui/screen-opened': {
			const {screen, title} = message;
			if (screen.kind !== 'image') return undefined;
			if (layers?.imageId === screen.imageId) return layers;
			return {imageId: screen.imageId, title: title ?? screen.imageId, focus: 'layers', startedAt: now};
		}
		case 'layers/tree-arrived':
			return layers?.imageId === message.imageId ? {...layers, tree: message.tree} : layers;
		default:
			return layers;
	}
};
