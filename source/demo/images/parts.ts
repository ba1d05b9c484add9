import type {DemoContainersOfImage, DemoContext} from '../contract.ts';
import type {RegistryStock} from '../registries/stock.ts';
import type {ImageStore, StoredImage} from './image-store.ts';

/** What the routes of images work with. */
export type ImageParts = {
	readonly context: DemoContext;
	readonly store: ImageStore;
	readonly containersOf: DemoContainersOfImage;
	/** What the registries have. */
	readonly stock: RegistryStock;
};

/** Tells of an image by its id, as all events but those of registries do. @param name the attribute `name` */
export const emitImage = (
	context: DemoContext,
	action: 'tag' | 'untag' | 'delete' | 'save' | 'load' | 'import',
	{image}: StoredImage,
	name: string,
): void => {
	context.emit({Type: 'image', Action: action, id: image.id, attributes: {...image.settings.labels, name}});
};
