import {changedSettings} from '../containers/commit-changes.ts';
import {DemoError, type DemoReply, type DemoRequest} from '../contract.ts';
import {contentBytes} from './image-load.ts';
import {keptLayer} from './layer.ts';
import {makeImage, noSettings} from './make-image.ts';
import {emitImage, type ImageParts} from './parts.ts';
import {demoReference, referenceText} from './references.ts';
import {sentArchive} from './sent-archive.ts';
import {encodeLines} from './transfer-lines.ts';

/**
 * `POST /images/create?fromSrc=-`: an image of one layer, the tar of a root file system.
 * @throws DemoError in the engine's words
 */
export const importImage = async (parts: ImageParts, {query, raw}: DemoRequest): Promise<DemoReply> => {
	const {context, store} = parts;
	if (query.get('fromSrc') !== '-') throw new DemoError(500, 'this engine imports only what is sent to it');
	const repository = query.get('repo') ?? '';
	const name = repository === '' ? undefined : demoReference(repository);
	const changes = query.getAll('changes').flatMap(text => text.split('\n'));
	const settings = changedSettings({...noSettings, environment: []}, changes);
	const pieces: Uint8Array[] = [];
	for await (const piece of sentArchive(raw)) pieces.push(piece);
	const layer = keptLayer(pieces, await contentBytes(pieces));
	const comment = query.get('message') ?? '';
	const now = context.clock.now();
	const image = makeImage({createdAt: now, settings, steps: [{createdBy: '', comment, layer}]});
	store.add(image);
	if (name !== undefined)
		store.tag(image.id, referenceText({...name, tag: query.get('tag') || name.tag || 'latest'}), now);
	const stored = store.get(image.id);
	if (stored !== undefined) emitImage(context, 'import', stored, image.id);
	return {status: 200, contentType: 'application/json', stream: once(encodeLines([{status: image.id}]))};
};

async function* once(text: string): AsyncGenerator<string> {
	yield text;
}
