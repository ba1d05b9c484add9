import {shownPath} from '../../layers/tree/paths.ts';
import type {FileContent} from '../../state/views/files.ts';
import type {ViewedFile} from '../../state/views/layers.ts';

/** A file of a layer as the viewer shows it: with the layer in its name. */
export const viewedContent = ({content, path, layer}: ViewedFile): FileContent => ({
	...content,
	path: `/${shownPath(path)} (layer ${layer + 1})`,
});
